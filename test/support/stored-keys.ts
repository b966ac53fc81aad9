/** A key as somebody stored it, and what becomes of it wherever it is read. */
export interface StoredKey {
  readonly what: string;
  readonly stored: string | Buffer;
  /** Why nobody takes it, in the words of live-sync; without it, it is taken without line breaks at its end. */
  readonly fault?: string;
}

const LINE_BREAK = 'has a line break; store a single line';
const BLANK_AROUND = 'has a blank at its beginning or end; store it without';
const QUOTE = 'has a quote at its beginning or end; store it without';
const NO_TEXT = 'is not text in UTF-8; store a single line of ASCII';
const blankAt = (position: number) => `has a blank or a character that is not ASCII at position ${position}; store it without`;

/** The same key in all forms in which people store it. */
export function storedKeys(key: string): StoredKey[] {
  const [begin, end] = [key.slice(0, 4), key.slice(4)];
  const taken = (what: string, stored: string) => ({ what, stored });
  const refused = (fault: string, ...forms: [string, string | Buffer][]) => forms.map(([what, stored]) => ({ what, stored, fault }));
  return [
    taken('as it is', key),
    taken('with a line feed at its end', `${key}\n`),
    taken('with the line break of Windows', `${key}\r\n`),
    taken('with the line break of old Macs', `${key}\r`),
    taken('with several line breaks at its end', `${key}\n\r\n\n`),
    taken('with every punctuation mark inside', `${begin}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~${end}`),
    taken('with its name, as of a file of variables', `API_KEY=${key}`),
    taken('of 8192 characters', key.padEnd(8192, 'x')),
    ...refused('is empty', ['empty', ''], ['of a line break', '\r\n'], ['of blanks', '  \t '], ['of a no-break space', '\u00a0']),
    ...refused(LINE_BREAK,
      ['of two lines', `${begin}\n${end}`], ['of two lines of Windows', `${begin}\r\n${end}`], ['with a carriage return inside', `${begin}\r${end}`],
      ['with a line break before', `\n${key}`], ['with a line of blanks behind', `${key}\n  `], ['of two keys', `${key}\n${key}\n`],
      ['as a PEM file', `-----BEGIN KEY-----\n${key}\n-----END KEY-----\n`]),
    ...refused('begins with a byte order mark; store it without', ['with a byte order mark', `\ufeff${key}`], ['with a byte order mark and a line break', `\ufeff${key}\r\n`]),
    ...refused(BLANK_AROUND,
      ['with a blank before', ` ${key}`], ['with a blank behind', `${key} `], ['with a tab behind', `${key}\t`], ['with a blank and a line break behind', `${key} \n`],
      ['with a no-break space behind', `${key}\u00a0`], ['with a wide space before', `\u3000${key}`], ['with a vertical tab behind', `${key}\v`],
      ['with a line separator behind', `${key}\u2028`]),
    ...refused(blankAt(5),
      ['with a blank inside', `${begin} ${end}`], ['with a tab inside', `${begin}\t${end}`], ['with a zero-width space inside', `${begin}\u200b${end}`],
      ['with a soft hyphen inside', `${begin}\u00ad${end}`], ['with an escape character', `${begin}\u001b${end}`], ['with a DEL', `${begin}\u007f${end}`],
      ['with an umlaut', `${begin}ä${end}`], ['with a dash of a word processor', `${begin}–${end}`], ['with an emoji', `${begin}😀${end}`]),
    ...refused(blankAt(key.length + 1), ['with a zero-width space behind', `${key}\u200b`]),
    ...refused(blankAt(7), ['with its scheme', `Bearer ${key}`]),
    ...refused(blankAt(1), ['in quotes of a word processor', `“${key}”`], ['with a mark of direction', `\u200e${key}`]),
    ...refused(QUOTE,
      ['in double quotes', `"${key}"`], ['in single quotes', `'${key}'`], ['in backquotes', `\`${key}\``], ['with a quote before', `"${key}`],
      ['with a quote behind', `${key}'`], ['in quotes, with a line break', `"${key}"\n`], ['of a quote', '"']),
    ...refused(NO_TEXT,
      ['in UTF-16', Buffer.from(`\ufeff${key}`, 'utf16le')], ['in Latin-1', Buffer.from(`${begin}ä${end}`, 'latin1')],
      ['with a NUL', `${begin}\0${end}`], ['with bytes of no text', Buffer.concat([Buffer.from(key), Buffer.from([0xff, 0xfe])])]),
  ];
}

/** The value of one that is taken. */
export function cleanKey({ stored }: StoredKey): string {
  return stored.toString().replace(/[\r\n]+$/, '');
}

import { execFileSync } from 'child_process';
import * as fs from 'fs';
import { isIP } from 'net';
import * as path from 'path';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** The certificate's file, for NODE_EXTRA_CA_CERTS. */
  readonly certFile: string;
}

/**
 * A self-signed certificate that is its own authority, made by `openssl` into a folder.
 *
 * @param names DNS names, `*.example.com` too, and IP addresses
 */
export function makeCertificate(folder: string, names: string[]): Certificate {
  const [config, keyFile, certFile] = ['openssl.cnf', 'tls.key', 'tls.crt'].map(file => path.join(folder, file));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(config, [
    '[req]', 'distinguished_name=subject', 'x509_extensions=extensions', 'prompt=no',
    '[subject]', 'CN=mock providers',
    '[extensions]', 'basicConstraints=critical,CA:TRUE', 'subjectKeyIdentifier=hash', 'extendedKeyUsage=serverAuth',
    `subjectAltName=${names.map(name => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',')}`,
  ].join('\n'));
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30',
    '-config', config, '-keyout', keyFile, '-out', certFile,
  ], { stdio: 'pipe' });
  return { key: fs.readFileSync(keyFile, 'utf8'), cert: fs.readFileSync(certFile, 'utf8'), certFile };
}

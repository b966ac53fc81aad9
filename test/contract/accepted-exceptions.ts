/** What the real OpenClaw may say against a configuration that the library accepts: `setting: message`, and why it may. */
export const EXCEPTIONS: readonly { readonly what: RegExp; readonly why: string }[] = [
  {
    what: /^plugins\.load\.paths: Configured plugin load path is unavailable/,
    why: 'the folder is in the image of the gateway, where the test does not run; versions before 2026.9 say it in other words',
  },
  { what: /^plugins\.load\.paths: .*plugin path not found/, why: 'the same' },
  { what: /^plugins\.(entries\.voice-call|allow): plugin not (installed|found): voice-call/, why: 'the same: a document names it together with its folder' },
  {
    what: /^plugins\.entries\.(deepseek|groq|mistral): plugin not installed/,
    why: 'versions before 2026.9 say it of a plugin that is switched off, as the library renders it so that the gateway does not install it',
  },
  {
    what: /^channels\.telegram\.(accounts\.\w+\.)?allowFrom: .*all DMs will be dropped/,
    why: 'one setting stands alone here; OpenClaw says which other one a dmPolicy needs, and starts',
  },
];

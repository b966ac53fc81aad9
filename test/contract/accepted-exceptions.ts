/** What the real OpenClaw may say against a configuration that the library accepts: `setting: message`, and why it may. */
export const EXCEPTIONS: readonly { readonly what: RegExp; readonly why: string }[] = [
  {
    what: /^plugins\.load\.paths: Configured plugin load path is unavailable/,
    why: 'the folder is in the image of the gateway, where the test does not run; versions before 2026.9 say it in other words',
  },
  { what: /^plugins\.load\.paths: .*plugin path not found/, why: 'the same' },
  {
    what: /^channels\.telegram\.(accounts\.\w+\.)?allowFrom: .*all DMs will be dropped/,
    why: 'one setting stands alone here; OpenClaw says which other one a dmPolicy needs, and starts',
  },
];

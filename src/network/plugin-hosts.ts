import { OFFICIAL } from '../models/provider';

/**
 * The hosts on port 443 that the plugins of packages call, where they are the same for everybody. Those of Discord and Slack's API were read in the packages
 * of 2026.9.6. Slack tells the address of its socket at run time: the two hosts here are usual, but no document promises them.
 *
 * @see https://blog.botframework.com/2020/11/23/bots-secured-behind-a-firewall-teams/ - the two hosts at which Teams' bots sign in
 */
export const PLUGIN_HOSTS: { readonly [plugin: string]: readonly string[] } = {
  ...Object.fromEntries(OFFICIAL.map(({ id, baseUrl }) => [id, [new URL(baseUrl).hostname]])), // a provider's plugin calls the provider
  discord: ['discord.com', 'gateway.discord.gg', 'cdn.discordapp.com', 'media.discordapp.net'],
  slack: ['slack.com', 'wss-primary.slack.com', 'wss-backup.slack.com', 'files.slack.com'],
  msteams: ['login.microsoftonline.com', 'login.botframework.com', 'smba.trafficmanager.net'],
};

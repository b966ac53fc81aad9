import { OFFICIAL } from '../models/provider';

/**
 * The hosts on port 443 that the plugins of packages call, where they are the same for everybody. Read in the packages of 2026.9.6 (Discord, Slack), and in
 * the services' documents.
 *
 * @see https://discord.com/developers/docs/reference
 * @see https://api.slack.com/apis/socket-mode
 * @see https://learn.microsoft.com/en-us/azure/bot-service/bot-service-resources-faq-security
 */
export const PLUGIN_HOSTS: { readonly [plugin: string]: readonly string[] } = {
  ...Object.fromEntries(OFFICIAL.map(({ id, baseUrl }) => [id, [new URL(baseUrl).hostname]])), // a provider's plugin calls the provider
  discord: ['discord.com', 'gateway.discord.gg', 'cdn.discordapp.com', 'media.discordapp.net'],
  slack: ['slack.com', 'wss-primary.slack.com', 'wss-backup.slack.com', 'files.slack.com'],
  msteams: ['login.microsoftonline.com', 'login.botframework.com', 'smba.trafficmanager.net'],
};

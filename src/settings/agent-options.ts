import { FallbackChain } from '../models/fallback-chain';
import { ModelAllowlist } from '../models/model-allowlist';
import { AgentModelSlots } from '../models/model-slots';

/**
 * The agent that has the chain of the gateway.
 * @internal
 */
export const MAIN_AGENT = 'main';

/** Where a conversation is held. */
export enum ChannelPeerKind {
  /** With one person. */
  DIRECT = 'direct',

  /** In a group. */
  GROUP = 'group',

  /** In a channel, as Slack and Discord have them. */
  CHANNEL = 'channel',
}

/** One conversation of a channel. */
export interface ChannelPeer {
  /** What kind of conversation it is. */
  readonly kind: ChannelPeerKind;

  /** Its id in the channel: of the person, the group or the channel. `'*'` means all of this kind. */
  readonly id: string;
}

/**
 * Messages that an agent answers. Of several bindings that match a message, OpenClaw takes the most specific one: a peer wins over a guild or a team,
 * those over an account, and an account over the whole channel.
 *
 * @see https://docs.openclaw.ai/channels/channel-routing
 */
export interface ChannelBinding {
  /** The channel, for example `telegram`. Its plugin must be in `plugins`. */
  readonly channel: string;

  /**
   * The account of the channel, one of `channels.<channel>.accounts` in `extraConfig`. `'*'` means all of them.
   * @default - the channel's default account
   */
  readonly accountId?: string;

  /**
   * The conversation.
   * @default - all
   */
  readonly peer?: ChannelPeer;

  /**
   * The id of a Discord server.
   * @default - all
   */
  readonly guildId?: string;

  /**
   * Roles on the Discord server; who has one of them is meant.
   * @default - everybody
   */
  readonly roles?: string[];

  /**
   * The id of a Slack workspace, or of a team of Microsoft Teams.
   * @default - all
   */
  readonly teamId?: string;
}

/** What one agent of a gateway may call, by which chain, and which messages it answers. */
export interface AgentOptions {
  /**
   * The model that answers for this agent, and those that take over. The chain of `main` is the gateway's.
   * @default - the gateway's chain
   */
  readonly chain?: FallbackChain;

  /**
   * The models that this agent may call, also with `/model`. The allowlist of `main` is the gateway's. From OpenClaw 2026.8.1 on each agent keeps to its own;
   * older versions have one for all agents, so there the lists must be the same.
   * @default - the gateway's allowlist if the agent has no chain of its own; else Preset.PROD: exactly its chain, Preset.DEV: every model of its chain's providers
   */
  readonly allowlist?: ModelAllowlist;

  /**
   * Models for what this agent does besides answering. Its `allowlist` must permit them.
   * @default - all closed; for `main` the gateway's `modelSlots`
   */
  readonly modelSlots?: AgentModelSlots;

  /**
   * The messages that this agent answers.
   * @default - none; what no binding matches goes to the default agent
   */
  readonly bindings?: ChannelBinding[];

  /**
   * Whether this agent answers channels where no binding matches, and does what OpenClaw does for no agent in particular. One agent is the default.
   * @default - `main` is
   */
  readonly default?: boolean;
}

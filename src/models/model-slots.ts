import { Duration } from 'cdk8s';
import { Model } from './provider';

/** Turns that the gateway takes by itself, to see whether anything needs attention. */
export interface HeartbeatOptions {
  /** How often, in whole minutes. */
  readonly every: Duration;

  /**
   * The model that takes these turns; the chain's fallbacks take over for it too.
   * @default - the chain
   */
  readonly model?: Model;
}

/** Models for what one agent does besides answering. A slot that is left out stays closed. */
export interface AgentModelSlots {
  /**
   * Writes titles of sessions and recaps of what an agent did. OpenClaw has this slot from 2026.7.1 on.
   * @default - no recaps; titles are written by the primary
   */
  readonly utility?: Model;

  /**
   * Turns that the gateway takes by itself.
   * @default - none
   */
  readonly heartbeat?: HeartbeatOptions;

  /**
   * Makes the vectors by which an agent searches its memory. It needs no `contextWindow` and no `maxTokens`, and cannot answer.
   * Not together with `httpApi`, whose `/v1/embeddings` would take any model of the provider.
   * @default - no memory search
   *
   * @see https://docs.openclaw.ai/concepts/memory-search
   */
  readonly memoryEmbeddings?: Model;
}

/**
 * Models for what a gateway does besides answering. A slot that is left out stays closed, so that no model is called that
 * nobody named. Without an allowlist, naming a slot permits its model for that slot; that of the heartbeat also for `/model`.
 *
 * @see https://docs.openclaw.ai/concepts/models
 */
export interface ModelSlots extends AgentModelSlots {
  /**
   * Describes an attached image where the model that answers takes text only. It must take images.
   * @default - attached images are described by none; the image tool uses the first model of the chain that takes images, else the primary
   */
  readonly image?: Model;

  /**
   * Reads PDF files for the PDF tool.
   * @default - the first model of the chain that takes images, else the primary
   */
  readonly pdf?: Model;
}

/**
 * How capable, and how expensive, a model is among those of its provider.
 *
 * Which model stands for a tier depends on the OpenClaw version; docs/presets.md lists them with reason and price.
 */
export enum ModelTier {
  /** The cheapest model that holds a conversation with tools. */
  ECONOMY = 'economy',

  /** The provider's everyday model. */
  STANDARD = 'standard',

  /** The provider's strongest model. */
  PREMIUM = 'premium',
}

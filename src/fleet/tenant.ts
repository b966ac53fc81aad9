/** A tenant of a fleet: what its gateway has of its own. A row of a tenant file has the same keys. */
export interface Tenant {
  /** The tenant's name, a DNS label: the id of its chart and the name of its file. */
  readonly name: string;

  /**
   * The namespace of the tenant's objects.
   * @default - the tenant's name
   */
  readonly namespace?: string;

  /**
   * The wave that the tenant follows, one of the fleet's `waves`.
   * @default - none
   */
  readonly wave?: string;

  /**
   * The tenant's own version of OpenClaw, for example `2026.9.6`.
   * @default - that of the wave, else of the fleet
   */
  readonly version?: string;

  /**
   * The tenant's own preset: `prod`, `dev`, or the name of one of the fleet's `presets`.
   * @default - that of the wave, else of the fleet
   */
  readonly preset?: string;

  /**
   * Models in the order in which they are tried: `<provider>/<model>`, or `<provider>` alone for its model of the preset's tier.
   * @default - the fleet's chain
   */
  readonly chain?: string[];

  /**
   * What may be called: `<provider>/<model>`, `<provider>/<prefix>/*`, or `<provider>/*` for every model of a provider.
   * @default - the fleet's allowlist
   */
  readonly allowlist?: string[];

  /**
   * Where the keys of providers are, by provider id, in the words of the fleet's `providerKeys`.
   * @default - as the fleet's `providerKeys` say
   */
  readonly keys?: { [providerId: string]: string };

  /**
   * Labels of every object of the tenant.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Whatever your own program wants to know of the tenant.
   * @default - nothing
   */
  readonly values?: { [key: string]: any };
}

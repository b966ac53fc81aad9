/** The node, as pods see it. */
export const NODE_ADDRESS = '10.244.0.1';

/** Where the official hosts of providers are: a public address, since OpenClaw calls none at a private one. */
export const PROVIDERS_ADDRESS = '11.0.0.1';

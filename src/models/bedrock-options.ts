/**
 * Which of Bedrock's endpoints is called.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html
 */
export enum BedrockEndpoint {
  /** `https://bedrock-runtime.<region>.amazonaws.com`, which AWS recommends. */
  RUNTIME = 'runtime',

  /** `https://bedrock-mantle.<region>.api.aws`, for models that only it serves. Its model ids have neither a prefix nor a version: `anthropic.claude-opus-5`. */
  MANTLE = 'mantle',
}

/** Bedrock in one region. */
export interface BedrockOptions {
  /** The AWS region, for example `us-east-1`. */
  readonly region: string;

  /**
   * The provider's id in OpenClaw; needed to use two regions in one gateway. `amazon-bedrock` belongs to a plugin that OpenClaw does not bundle.
   * @default 'bedrock'
   */
  readonly id?: string;

  /**
   * Which of Bedrock's endpoints is called. An endpoint of your VPC is given with `customize({ baseUrl })`.
   * @default BedrockEndpoint.RUNTIME
   */
  readonly endpoint?: BedrockEndpoint;
}

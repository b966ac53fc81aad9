/**
 * The wire format that a provider's endpoint speaks.
 *
 * @see https://docs.openclaw.ai/concepts/model-providers
 */
export enum ModelApi {
  /** Anthropic's Messages API. */
  ANTHROPIC_MESSAGES = 'anthropic-messages',

  /** OpenAI's Responses API. */
  OPENAI_RESPONSES = 'openai-responses',

  /** OpenAI's Chat Completions API: what vLLM, LiteLLM, Ollama and most compatible servers speak. */
  OPENAI_COMPLETIONS = 'openai-completions',

  /** Google's Generative Language API. */
  GOOGLE_GENERATIVE_AI = 'google-generative-ai',

  /** The Responses API as Azure OpenAI serves it. */
  AZURE_OPENAI_RESPONSES = 'azure-openai-responses',
}

import { openaiResponses } from './openai-responses';
import { WireFormat } from './wire-format';

/** OpenAI's format below /openai/v1 with Azure's header for the key; the model is the name of a deployment. */
export const azureOpenaiResponses: WireFormat = {
  ...openaiResponses,
  api: 'azure-openai-responses',
  path: /\/openai\/v1\/responses$/,
  header: 'api-key',
};

import { vectorOf } from './openai-completions';
import { Answer, data, json, keepAlive, list, Part, textOf, THOUGHT, TOKENS, WireFormat } from './wire-format';

/** @see https://ai.google.dev/api/generate-content */
export const googleGenerateContent: WireFormat = {
  api: 'google-generative-ai',
  path: /\/models\/[^/]+:(generateContent|streamGenerateContent)$/,
  parts: ({ contents }) => list(contents).flatMap(({ role, parts }): Part[] => role === 'model'
    ? list(parts).filter(part => part.functionCall).map(part => ({ called: part.functionCall.name }))
    : [{ user: textOf(parts) }]),
  whole: (answer) => json(content(answer, answer.pieces.join(''), true)),
  frames: (answer) => {
    const texts = answer.tool ? [''] : answer.pieces;
    return {
      opening: '',
      thinking: answer.thinks
        ? data({ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: THOUGHT, thought: true }] } }], modelVersion: answer.model })
        : keepAlive,
      begin: '',
      deltas: texts.map(text => data(content(answer, text, false))),
      closing: data(content({ ...answer, tool: undefined }, '', true)),
    };
  },
};

/** @see https://ai.google.dev/api/embeddings */
export const googleEmbedContent: WireFormat = {
  api: 'google-embeddings',
  path: /\/models\/[^/]+:(embedContent|batchEmbedContents)$/,
  parts: (body) => [{ user: requestsOf(body).map(requestText).join('\n') }],
  whole: (_, body) => {
    const embeddings = requestsOf(body).map(request => ({ values: vectorOf(requestText(request), request.outputDimensionality ?? 768) }));
    return json(body.requests ? { embeddings } : { embedding: embeddings[0] });
  },
};

const USAGE = { promptTokenCount: TOKENS.input, candidatesTokenCount: TOKENS.output, totalTokenCount: TOKENS.input + TOKENS.output };

function content({ model, tool }: Answer, text: string, last: boolean): object {
  const parts = tool ? [{ functionCall: { name: tool.name, args: tool.input } }] : [{ text }];
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, ...(last ? { finishReason: 'STOP' } : {}) }],
    ...(last ? { usageMetadata: USAGE } : {}),
    modelVersion: model,
  };
}

function requestsOf(body: any): any[] {
  return body.requests ?? [body];
}

function requestText(request: any): string {
  return textOf(request.content?.parts);
}

/** What makes a provider call further models, search or run code by itself, where no guard sees it. Fields at the top of a request. */
export const SERVER_FIELDS: readonly string[] = [
  // OpenAI: a stored prompt names its own model; searches of Chat Completions; agents below the model; a model that judges
  'prompt', 'web_search_options', 'multi_agent', 'moderation',
  // Anthropic: MCP servers, containers, other models
  'mcp_servers', 'container', 'fallbacks',
  // OpenRouter: other models, plugins, stored settings
  'models', 'route', 'plugins', 'preset',
  // Google: cached content names its own model
  'cachedContent', 'cached_content',
  // Mistral: models that judge
  'guardrails',
  // XAI and Groq: searches
  'search_parameters', 'search_settings', 'compound_custom',
  // LiteLLM and others: another server, another model, fields hidden in fields
  'user_config', 'api_base', 'base_url', 'extra_body', 'custom_llm_provider', 'modelId', 'deployment_id', 'model_id',
];

/** As above, as parts of the text of `tools` once it is written without spaces. docs/security.md has source and date of each. */
export const SERVER_TOOLS: readonly string[] = [
  '"model":"',
  ...[
    'web_search', 'web_fetch', 'code_', 'programmatic_tool_calling', 'shell', 'file_search', 'document_library', 'image_generation', 'mcp', 'connector',
    'advisor', 'tool_search', 'openrouter:', 'deepseek_', 'browser_search', 'x_search', 'collections_search', 'live_search',
  ].map(type => `"type":"${type}`),
  ...[
    'googleSearch', 'google_search', 'googleSearchRetrieval', 'google_search_retrieval', 'enterpriseWebSearch', 'enterprise_web_search', 'exaAiSearch',
    'exa_ai_search', 'parallelAiSearch', 'parallel_ai_search', 'urlContext', 'url_context', 'codeExecution', 'code_execution', 'googleMaps', 'google_maps',
    'fileSearch', 'file_search', 'retrieval', 'mcpServers', 'mcp_servers',
  ].map(name => `"${name}":`),
];

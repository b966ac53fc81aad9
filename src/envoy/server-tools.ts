/** What makes a provider call further models, search or run code by itself, where no guard sees it. Fields at the top of a request; `a:b` is b in a. */
export const SERVER_FIELDS: readonly string[] = [
  // OpenAI: a stored prompt names its own model; searches of Chat Completions; agents below the model; a model that judges
  'prompt', 'web_search_options', 'multi_agent', 'moderation',
  // Anthropic: MCP servers, containers, other models
  'mcp_servers', 'container', 'fallbacks',
  // OpenRouter: other models, plugins, stored settings
  'models', 'route', 'plugins', 'preset',
  // Google: cached content names its own model, Vertex' routing chooses one, and a service judges
  'cachedContent', 'cached_content', 'modelArmorConfig', 'model_armor_config',
  ...['generationConfig', 'generation_config'].flatMap(at =>
    ['routingConfig', 'routing_config', 'modelConfig', 'model_config', 'modelSelectionConfig', 'model_selection_config'].map(field => `${at}:${field}`)),
  // Mistral: models that judge
  'guardrails',
  // XAI and Groq: searches
  'search_parameters', 'search_settings', 'compound_custom',
  // Azure: searches, and agents with models and tools of their own
  'data_sources', 'dataSources', 'agent_reference', 'agent',
  // Vercel's gateway: other models
  'providerOptions',
  // Qwen, Cohere and Venice: searches, code
  'enable_search', 'enable_code_interpreter', 'connectors', 'venice_parameters',
  // Together and LM Studio: a model that judges, one that drafts
  'safety_model', 'draft_model',
  // LiteLLM and others: another server, another model, another's key, fields hidden in fields
  'user_config', 'api_base', 'base_url', 'extra_body', 'custom_llm_provider', 'modelId', 'deployment_id', 'model_id',
  'router_settings_override', 'context_window_fallbacks', 'content_policy_fallbacks', 'context_window_fallback_dict', 'default_fallbacks', 'model_list',
  'prompt_id', 'api_key', 'litellm_params', 'litellm_credential_name', 'vector_store_ids', 'vertex_credentials', 'aws_sts_endpoint',
  'aws_bedrock_runtime_endpoint', 'sagemaker_base_url', 'deployment_url', 's3_endpoint_url',
];

/** As above, as parts of the text of `tools` once it is written without spaces. docs/security.md has source and date of each. */
export const SERVER_TOOLS: readonly string[] = [
  '"model":"',
  ...[
    'web_search', 'web_fetch', 'code_', 'programmatic_tool_calling', 'shell', 'file_search', 'document_library', 'image_generation', 'mcp', 'connector',
    'advisor', 'tool_search', 'openrouter:', 'orq:', 'deepseek_', 'browser_search', 'x_search', 'collections_search', 'live_search', 'builtin_function',
    'web_extractor', 'image_search', 'fetch_url', 'finance_search', 'people_search', 'bing_', 'azure_', 'openapi', 'a2a', 'memory_search', 'browser_automation',
    'fabric_', 'sharepoint_', 'work_iq', 'toolbox', 'custom_code_interpreter',
  ].map(type => `"type":"${type}`),
];

/** As above, of models of Google's: tools that are named by a key, as a parameter of a function may be. */
export const GOOGLE_TOOLS: readonly string[] = [
  'googleSearch', 'google_search', 'googleSearchRetrieval', 'google_search_retrieval', 'enterpriseWebSearch', 'enterprise_web_search', 'exaAiSearch',
  'exa_ai_search', 'parallelAiSearch', 'parallel_ai_search', 'urlContext', 'url_context', 'codeExecution', 'code_execution', 'googleMaps', 'google_maps',
  'fileSearch', 'file_search', 'retrieval', 'mcpServers', 'mcp_servers',
].map(name => `"${name}":`);

/** A Google field, in both spellings, wherever it may stand: at the top or in the configuration. */
const google = (...fields: string[]) => fields.flatMap(spelt).flatMap(field => [field, ...GENERATION_CONFIG.map(at => `${at}:${field}`)]);
const spelt = (field: string) => [field, field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)];
const GENERATION_CONFIG = spelt('generationConfig');

/** What keeps data at the provider, or is billed more than once. */
const COSTLY_FIELDS: readonly string[] = [
  'background', 'background_options', 'conversation', 'thread', 'inference_geo', 'n', 'best_of', ...google('candidateCount'),
];

/**
 * What makes a provider call further models, search or run code by itself, where no guard sees it; what leads the call to another server, account or key;
 * and what keeps data or costs more, unless OpenClaw sends it. Fields at the top of a request; `a:b` is b in a. docs/security.md has sources and dates.
 */
export const SERVER_FIELDS: readonly string[] = [
  // OpenAI: a stored prompt names its own model; searches of Chat Completions; agents below the model; a model that judges
  'prompt', 'web_search_options', 'multi_agent', 'moderation',
  // Anthropic: MCP servers, containers, other models, models that judge, who is billed
  'mcp_servers', 'container', 'fallbacks', 'safeguards', 'billing_policy', 'workspace_id', 'user_profile_id',
  ...COSTLY_FIELDS,
  // OpenRouter: other models, plugins, stored settings
  'models', 'route', 'plugins', 'preset',
  // Google: cached content names its own model, Vertex' routing chooses one, a service judges, outputs are stored, and tools where none belong
  ...google('cachedContent', 'modelArmorConfig', 'routingConfig', 'modelConfig', 'modelSelectionConfig', 'generationOutputConfig'),
  ...[...GENERATION_CONFIG, ...spelt('systemInstruction')].map(at => `${at}:tools`),
  // Mistral: models that judge
  'guardrails',
  // XAI and Groq: searches
  'search_parameters', 'search_settings', 'compound_custom',
  // Azure: searches, and agents with models and tools of their own
  'data_sources', 'dataSources', 'agent_reference', 'agent',
  // Vercel's gateway: other models
  'providerOptions',
  // Qwen, Cohere, Venice, Baidu, Hunyuan and Baichuan: searches, code
  'enable_search', 'enable_code_interpreter', 'connectors', 'venice_parameters', 'web_search', 'enable_enhancement', 'with_search_enhance',
  // Together and LM Studio: a model that judges, one that drafts
  'safety_model', 'draft_model',
  // SGLang, vLLM, LoRAX and llama.cpp: adapters, other servers, code
  'lora_path', 'lora', 'lora_request', 'adapter_id', 'adapter_source', 'api_token', 'bootstrap_host', 'bootstrap_port', 'bootstrap_room', 'kv_transfer_params',
  'ec_transfer_params', 'custom_logit_processor', 'logits_processors', 'chat_template',
  // LiteLLM and others: another server, another model, another's key, fields hidden in fields
  'user_config', 'api_base', 'base_url', 'extra_body', 'extra_headers', 'extra_query', 'headers', 'provider_specific_header', 'custom_llm_provider', 'modelId',
  'deployment_id', 'model_id', 'router_settings_override', 'context_window_fallbacks', 'content_policy_fallbacks', 'context_window_fallback_dict',
  'default_fallbacks', 'model_list', 'prompt_id', 'api_key', 'organization', 'litellm_params', 'litellm_credential_name', 'vector_store_ids',
  'user_provider_credentials', 'github_copilot_auth_type', 'github_copilot_host', 'github_copilot_user_session', 'gigachat_auth_url', 'gigachat_access_token',
  'nvcf_function_id', 'use_ssl', 'rust', 'fireworks_forward_user_id', 'agentcore_runtime_session_id',
  // … in the clouds of Google, Azure and Amazon
  'vertex_credentials', 'vertex_project', 'vertex_location', 'vertex_ai_credentials', 'vertex_ai_project', 'vertex_ai_location', 'gcs_bucket_name',
  'gcs_path_service_account', 'azure_ad_token', 'azure_username', 'azure_password', 'azure_scope', 'tenant_id', 'client_id', 'client_secret',
  'anthropic_workspace_id', 'anthropic-workspace-id', 'aws_workspace_id', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_region_name',
  'aws_role_name', 'aws_web_identity_token', 'aws_profile_name', 'aws_session_name', 'aws_external_id', 'aws_session_tags', 'aws_sts_endpoint',
  'aws_bedrock_runtime_endpoint', 'aws_bedrock_control_plane_endpoint', 'aws_bedrock_project_id', 'bedrock_tags', 'sagemaker_base_url', 'deployment_url',
  's3_endpoint_url', 's3_bucket_name', 's3_output_bucket_name', 's3_access_key_id', 's3_secret_access_key', 's3_region_name',
  // … and where it reports each call
  'langfuse_host', 'langfuse_public_key', 'langfuse_secret', 'langfuse_secret_key', 'langsmith_base_url', 'langsmith_api_key', 'langsmith_project',
  'langsmith_tenant_id', 'braintrust_host', 'braintrust_api_key', 'braintrust_project', 'posthog_host', 'posthog_api_key', 'dd_agent_host', 'dd_agent_port',
  'dd_api_key', 'dd_site', 'arize_api_key', 'arize_space_id', 'arize_space_key', 'humanloop_api_key', 'lunary_public_key', 'newrelic_api_key',
  'newrelic_region', 'signoz_ingestion_endpoint', 'signoz_ingestion_key', 'slack_webhook_url',
];

/** Fields that OpenClaw writes into each call, and with which an agent's tools or another model could be put in their place. */
const WRITTEN_FIELDS: readonly string[] = ['model', 'messages', 'tools', 'stream'];

/** Why a field must not be in each call of a gateway, as words after its name; nothing where it may. Counts whatever the spelling: `extra-body`, `extraBody`. */
export function whyNoField(field: string, guarded: boolean): string | undefined {
  const isOneOf = (fields: readonly string[]) => fields.some(each => folded(each) === folded(field));
  if (isOneOf(WRITTEN_FIELDS)) return 'is a field that OpenClaw itself writes into each call; remove it';
  if (isOneOf(COSTLY_FIELDS)) return guarded ? 'is a field that costs more or keeps data at the provider, and the guard refuses each call with it; remove it' : undefined;
  return isOneOf(SERVER_FIELDS) ? 'is a field by which the provider uses another model, server or account, searches or runs code; remove it' : undefined;
}

/** Whether a key names a model, whatever the spelling: `analysis_models`, `judgeModel`, `model-id`. */
export function namesModelField(key: string): boolean {
  return /models?$|^model(ids?|names?|lists?|groups?|alias(es)?)$/.test(folded(key));
}

/** A key without capitals, separators and letters that some parsers take for plain ones; `a:b` stays in two parts. */
export function folded(key: string): string {
  return key.normalize('NFKC').toLowerCase().replace(/[^a-z0-9:]/g, '');
}

/** How the types of such tools begin. docs/security.md has source and date of each. */
export const SERVER_TOOLS: readonly string[] = [
  'web_search', 'web_fetch', 'code_', 'programmatic_tool_calling', 'shell', 'file_search', 'document_library', 'image_generation', 'mcp', 'connector',
  'advisor', 'tool_search', 'openrouter:', 'orq:', 'deepseek_', 'browser_search', 'x_search', 'collections_search', 'live_search', 'builtin_function',
  'web_extractor', 'image_search', 'fetch_url', 'finance_search', 'people_search', 'bing_', 'azure_', 'openapi', 'a2a', 'memory_search', 'browser_automation',
  'fabric_', 'sharepoint_', 'work_iq', 'toolbox', 'custom_code_interpreter',
];

/** Google's tools, which are named by a key, as a parameter of a function may be. */
export const GOOGLE_TOOLS: readonly string[] = [
  'googleSearch', 'google_search', 'googleSearchRetrieval', 'google_search_retrieval', 'enterpriseWebSearch', 'enterprise_web_search', 'exaAiSearch',
  'exa_ai_search', 'parallelAiSearch', 'parallel_ai_search', 'urlContext', 'url_context', 'codeExecution', 'code_execution', 'googleMaps', 'google_maps',
  'fileSearch', 'file_search', 'retrieval', 'mcpServers', 'mcp_servers',
];

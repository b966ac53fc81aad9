import { refusedUnless } from './provider-key';
import { AWS_CREDENTIALS_FILE, awsRunDirOf } from '../../guard/guard-layout';
import { GuardedProvider } from '../guarded-provider';
import { extension, Message } from '../messages';

/** Signs a request as it leaves. Without usable credentials Envoy would send it unsigned, so the second filter refuses it then. */
export function awsSignature({ id, signing }: GuardedProvider): Message[] {
  if (!signing) return [];
  const folder = awsRunDirOf(id);
  return [
    {
      name: 'aws-signature',
      typed_config: extension('filters.http.aws_request_signing.v3.AwsRequestSigning', {
        service_name: signing.service,
        region: signing.region,
        match_excluded_headers: CHANGED_ON_THE_WAY,
        credential_provider: {
          custom_credential_provider_chain: true, // else it would ask the node for a role
          credentials_file_provider: {
            credentials_data_source: { filename: `${folder}/${AWS_CREDENTIALS_FILE}`, watched_directory: { path: folder } },
          },
        },
      }),
    },
    refusedUnless('signed', { name: id, header: 'authorization', prefix: '' }, 'AWS4-HMAC-SHA256 Credential=[!-~]+/[!-~]+, .*Signature=[0-9a-f]{64}'),
  ];
}

/** Headers that proxies on the way may add or change, and that say nothing about the request. */
const CHANGED_ON_THE_WAY = [
  { prefix: 'x-envoy' }, { prefix: 'x-forwarded-' }, { prefix: 'x-stainless' }, { prefix: 'x-request-id' }, { exact: 'user-agent' }, { exact: 'accept-encoding' },
  { exact: 'traceparent' }, { exact: 'tracestate' }, { exact: 'connection' },
];

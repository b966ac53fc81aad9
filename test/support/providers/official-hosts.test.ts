import { Resolver } from 'dns/promises';
import { once } from 'events';
import * as fs from 'fs';
import * as http from 'http';
import * as https from 'https';
import * as net from 'net';
import * as os from 'os';
import * as path from 'path';
import * as dns from 'dns-packet';
import { makeCertificate } from './certificate';
import { MockProviders } from './mock-providers';
import { NameServer } from './name-server';

describe('official hosts', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mock-providers-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('TLS with a certificate for names, wildcards and addresses', async () => {
    const { key, cert, certFile } = makeCertificate(folder, ['api.anthropic.com', '*.openai.azure.com', '127.0.0.1']);
    expect(fs.readFileSync(certFile, 'utf8')).toBe(cert);
    const tlsMock = await MockProviders.start({ tls: { key, cert }, ports: { https: [0] } });
    const ask = async (host: string, ca?: string) => {
      const request = https.request(tlsMock.origins[0] + '/v1/messages', { method: 'POST', ca, servername: host, headers: { host }, agent: false });
      const [response] = await once(request.end('{"model":"m"}'), 'response') as [http.IncomingMessage];
      return Buffer.concat(await response.toArray()).toString();
    };
    try {
      expect(await ask('api.anthropic.com', cert)).toContain('answer of m');
      expect(await ask('team.openai.azure.com', cert)).toContain('answer of m');
      expect(tlsMock.calls.map(({ host }) => host)).toEqual(['api.anthropic.com', 'team.openai.azure.com']);
      await expect(ask('api.openai.com', cert)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
      await expect(ask('api.anthropic.com')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      tlsMock.when({}, { fault: 'reset' });
      await expect(ask('api.anthropic.com', cert)).rejects.toMatchObject({ code: 'ECONNRESET' });
      await tlsMock.waitForCall(({ outcome }) => outcome === 'failed');
    } finally {
      await tlsMock.close();
    }
  });

  test('DNS over UDP and TCP', async () => {
    const server = await NameServer.start({ address: '127.0.0.1', port: 0, names: { 'api.anthropic.com': '127.0.0.1' } });
    const resolver = new Resolver();
    resolver.setServers([`127.0.0.1:${server.port}`]);
    try {
      expect(await resolver.resolve4('API.anthropic.com')).toEqual(['127.0.0.1']);
      await expect(resolver.resolve6('api.anthropic.com')).rejects.toMatchObject({ code: 'ENODATA' });
      await expect(resolver.resolve4('clawhub.ai')).rejects.toMatchObject({ code: 'ENOTFOUND' });
      server.set('clawhub.ai', '127.0.0.2');
      expect(await resolver.resolve4('clawhub.ai')).toEqual(['127.0.0.2']);
      server.set('clawhub.ai', undefined);
      await expect(resolver.resolve4('clawhub.ai')).rejects.toMatchObject({ code: 'ENOTFOUND' });
      const socket = net.connect(server.port, '127.0.0.1');
      socket.write(dns.streamEncode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'api.anthropic.com' }] }));
      expect(dns.streamDecode(Buffer.concat(await socket.toArray()))).toMatchObject({ id: 7, answers: [{ type: 'A', data: '127.0.0.1' }] });
      expect(server.asked).toEqual(['api.anthropic.com', 'api.anthropic.com', 'clawhub.ai', 'clawhub.ai', 'clawhub.ai', 'api.anthropic.com']);
    } finally {
      await server.close();
    }
  });
});

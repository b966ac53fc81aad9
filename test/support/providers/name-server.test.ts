import { Resolver } from 'dns/promises';
import * as net from 'net';
import * as dns from 'dns-packet';
import { NameServer } from './name-server';

test('names over UDP and TCP', async () => {
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

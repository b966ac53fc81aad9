import { spawnSync } from 'child_process';
import * as net from 'net';
import { CALLER, guardOf, manifestsOf, modelsAt, Placement } from './support/fixture';
import { Judge } from './support/judge';
import { post } from './support/load';
import { RunningGuard, USER } from './support/running-guard';
import { eventually } from '../support/eventually';

const PATH = '/anthropic/v1/messages';
const BODY = { model: 'claude-sonnet-5' };

let judge: Judge;
let guard: RunningGuard;

beforeAll(async () => { judge = await Judge.start(); });
afterEach(() => guard.stop());
afterAll(() => judge.close());

async function start(placement: Placement): Promise<RunningGuard> {
  return guard = await RunningGuard.start(manifestsOf([modelsAt(judge.origin).anthropic], guardOf(placement)));
}

const call = (credential = CALLER) => post(guard.port, PATH, BODY, { headers: { 'x-api-key': credential } }).then(({ status }) => status, error => error.code);

/** What becomes of a process with the guard's user that wants to listen at a port which others may share. */
function listen(port: number, host: string): string {
  const program = `
import errno, socket
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
try:
    server.bind(('${host}', ${port}))
    server.listen()
    print('listens')
except OSError as error:
    print(errno.errorcode[error.errno])`;
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { encoding: 'utf8', cwd: '/', ...process.getuid?.() === 0 && { uid: USER, gid: USER } });
  return (stdout || stderr).trim();
}

describe.each<Placement>(['sidecar', 'pod'])('%s', placement => {
  test('a guard whose connections are used up is not ready, and idle ones end within seconds', async () => {
    const { port } = await start(placement);
    const sockets = Array.from({ length: 600 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
    await eventually('a call is refused', async () => await call() === 'ECONNRESET');
    expect(await guard.policy()).toBe(503);
    await eventually('a call is answered', async () => await call() === 200);
    await eventually('the guard is ready', async () => await guard.policy() === 200);
    for (const socket of sockets) socket.destroy();
  });

  test('no other process of its user can listen at its ports', async () => {
    const { port, metricsPort } = await start(placement);
    const tries = [port, metricsPort, 0].flatMap(at => ['127.0.0.1', '0.0.0.0'].map(host => listen(at, host)));
    expect(tries).toEqual(['EADDRINUSE', 'EADDRINUSE', 'EADDRINUSE', 'EADDRINUSE', 'listens', 'listens']);
    expect(await call()).toBe(200);
  });

  test.each([['empty', ''], ['two lines', 'key-of-anthropic\nmore']])('the metrics name the cause when a key is %s', async (_what, key) => {
    await start(placement);
    guard.files.swap('/etc/guard/keys/anthropic', { key });
    await eventually('calls fail', async () => await call() === 503);
    expect(await guard.metric('envoy_guard_requests', 'guard_provider="anthropic"', 'guard_reason="failed_to_inject_credential"')).toBeGreaterThan(0);
    expect(await guard.policy()).toBe(200); // other providers answer
  });
});

test('the metrics name the cause when the credential of a caller is not the one of the guard', async () => {
  await start('pod');
  expect([await call(`${CALLER}x`), (await post(guard.port, PATH, BODY)).status]).toEqual([503, 503]);
  const counted = ['unknown_api_key', 'missing_api_key'].map(reason => guard.metric('envoy_guard_requests', `guard_reason="${reason}"`));
  expect(await Promise.all(counted)).toEqual([1, 1]);
});

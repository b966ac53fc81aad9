import { Server } from 'http';
import { Socket } from 'net';

interface Connection {
  readonly raw: Socket;
  /** What the requests came over: the TLS socket or the raw one. */
  socket?: Socket;
  host?: string;
  requests: number;
  unwanted: boolean;
}

/** The open connections of some servers, by the host that was asked last. */
export class Connections {
  private readonly open = new Map<string, Connection>();

  /** TLS sockets cannot be reset and do not tell the socket below: the ports do. */
  public watch(server: Server): void {
    server.on('connection', (raw: Socket) => {
      const id = idOf(raw);
      this.open.set(id, { raw, requests: 0, unwanted: false });
      raw.once('close', () => this.open.delete(id));
    });
  }

  /** Returns what is to be called at the end of the request. */
  public begin(socket: Socket, host: string): () => void {
    const connection = this.open.get(idOf(socket));
    if (!connection) return () => {};
    Object.assign(connection, { socket, host });
    connection.requests += 1;
    return () => {
      connection.requests -= 1;
      if (connection.unwanted) socket.destroySoon();
    };
  }

  public reset(socket: Socket): void {
    this.open.get(idOf(socket))?.raw.resetAndDestroy();
  }

  /** Ends idle connections now and busy ones after their answer. */
  public drop(host?: string): void {
    for (const connection of this.open.values()) {
      if (host !== undefined && connection.host !== host) continue;
      connection.unwanted = true;
      if (connection.requests === 0) (connection.socket ?? connection.raw).destroy();
    }
  }
}

function idOf({ localPort, remotePort }: Socket): string {
  return `${localPort} ${remotePort}`;
}

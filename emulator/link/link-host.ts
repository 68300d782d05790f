import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { type RawData, WebSocketServer } from 'ws';
import type { CutHow, Faults, LinkChoice, LinkControls } from '../faults/faults';
import { decodeFrame } from '../protocol/frame';
import { decodeRequest } from '../protocol/packet';
import type { Dispatcher } from './dispatcher';
import type { EmulatorLog } from './emulator-log';
import { Link } from './link';
import { PushShaper } from './push-shaper';
import { SlowSocket } from './slow-socket';

const HANDSHAKE_PATH = '/socket.io/1/';
const SOCKET_PATH = /^\/socket\.io\/1\/websocket\/([\w-]+)/;

/** Server side of the text link: HTTP handshake, WebSocket upgrade, and the list of open links. */
export class LinkHost implements LinkControls {
  private readonly links = new Map<Link, PushShaper>();
  private readonly sids = new Set<string>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly sockets = new Set<Duplex>();
  private readonly upgrader = new WebSocketServer({
    noServer: true,
    WebSocket: SlowSocket,
    perMessageDeflate: false,
  });
  private nextLinkId = 1;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly faults: Faults,
    private readonly log: EmulatorLog,
    private readonly now: () => number,
  ) {
    faults.attachLinks(this);
  }

  /** Returns the open links, in the order of opening. */
  list(): Link[] {
    return [...this.links.keys()];
  }

  /** Adds the handshake route to a server. */
  registerRoutes(app: FastifyInstance): void {
    app.get(HANDSHAKE_PATH, async (_request, reply) => {
      this.log.counters.handshakes += 1;
      const fault = this.faults.strike('handshake');
      if (fault?.hang) return reply.hijack();
      if (fault) return reply.code(fault.status ?? 503).send('handshake refused');
      const sid = randomUUID();
      this.sids.add(sid);
      return reply.type('text/plain').send(`${sid}:60:60:websocket`);
    });
  }

  /** Handles the WebSocket upgrades of a server. Upgrades for another host name are refused with 403. */
  takeUpgrades(server: HttpServer, isMeantForUs: (request: IncomingMessage) => boolean): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
      if (isMeantForUs(request)) this.upgrade(request, socket, head);
      else refuseUpgrade(socket, 403);
    });
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.log.counters.upgrades += 1;
    const sid = SOCKET_PATH.exec(request.url ?? '')?.[1];
    if (!sid || !this.sids.delete(sid)) {
      refuseUpgrade(socket, 404);
      return;
    }
    const fault = this.faults.strike('upgrade');
    const accept = (): void => {
      if (socket.destroyed) return;
      this.upgrader.handleUpgrade(request, socket, head, (client) => {
        this.open(client as SlowSocket, request);
      });
    };
    if (!fault) accept();
    else if (fault.how === 'status') refuseUpgrade(socket, fault.status ?? 503);
    else if (fault.how === 'drop') socket.destroy();
    else if (fault.how === 'delay') this.later(fault.delayMs ?? 1000, accept);
  }

  private open(socket: SlowSocket, request: IncomingMessage): void {
    const shaper = new PushShaper(this.faults);
    const remote = {
      address: request.socket.remoteAddress ?? '',
      port: request.socket.remotePort ?? 0,
    };
    const link = new Link(
      `link-${this.nextLinkId++}`,
      socket,
      remote,
      this.now(),
      this.log,
      shaper,
      (closed) => this.removeLink(closed),
    );
    this.links.set(link, shaper);
    socket.answerDelay = () => this.faults.strike('slowClose', link)?.delayMs ?? 0;
    this.log.counters.linksOpened += 1;
    socket.on('message', (data: RawData, isBinary) => {
      this.receive(link, isBinary ? '' : String(data));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => link.socketClosed());
    if (!this.faults.strike('noConnectFrame')) link.sendConnect();
  }

  private removeLink(link: Link): void {
    const shaper = this.links.get(link);
    if (!shaper) return;
    this.links.delete(link);
    this.log.counters.linksClosed += 1;
    shaper.dispose();
    this.dispatcher.linkClosed(link);
  }

  private receive(link: Link, text: string): void {
    if (link.halfOpen) return;
    const frame = decodeFrame(text);
    if (frame.kind === 'disconnect') {
      link.answerClose();
    } else if (frame.kind === 'message') {
      const request = decodeRequest(frame.data);
      if (request) void this.dispatcher.dispatch(link, request);
      else this.log.counters.unreadable += 1;
    } else if (frame.kind === 'other') {
      this.log.counters.unreadable += 1;
    }
    // A heartbeat frame is the client's echo and needs no answer.
  }

  private chosen(choice: LinkChoice): Link[] {
    const { accountId, service, roomId } = choice;
    return this.list().filter(
      (link) =>
        (accountId === undefined || link.accountId === accountId) &&
        (service === undefined || link.service === service) &&
        (roomId === undefined || link.roomId === roomId),
    );
  }

  cut(choice: LinkChoice & { how: CutHow }): number {
    const links = this.chosen(choice);
    for (const link of links) {
      if (choice.how === 'terminate') link.terminate();
      else if (choice.how === 'close') link.close(1001);
      else link.sendDisconnect();
    }
    return links.length;
  }

  halfOpen(choice: LinkChoice): number {
    const links = this.chosen(choice);
    for (const link of links) link.setHalfOpen(true);
    return links.length;
  }

  restore(choice: LinkChoice): number {
    const links = this.chosen(choice).filter((link) => link.halfOpen);
    for (const link of links) link.setHalfOpen(false);
    return links.length;
  }

  private later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, delayMs);
    this.timers.add(timer);
  }

  /** Cuts every link and clears every timer. */
  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const link of this.list()) link.terminate();
    for (const socket of this.sockets) socket.destroy();
    this.upgrader.close();
    this.dispatcher.dispose();
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

import {
  CONNECT_FRAME,
  DISCONNECT_FRAME,
  encodeMessageFrame,
  HEARTBEAT_FRAME,
} from '../protocol/frame';
import { encodePacket, parseCommand } from '../protocol/packet';
import type { EmulatorLog } from './emulator-log';
import type { PushShaper } from './push-shaper';
import type { SlowSocket } from './slow-socket';

/** A push as it goes over a link: encoded once, however many links it is for. */
export interface EncodedPush {
  command: string;
  frame: string;
}

/** Encodes a push. */
export function encodePush(command: string, r: unknown[]): EncodedPush {
  const { sid, cid } = parseCommand(command);
  return { command, frame: encodeMessageFrame(encodePacket({ sid, cid, ser: 0, code: 200, r })) };
}

/** One client's socket, whatever it is used for (IM or a chatroom). */
export class Link {
  /** Set by the service that accepted the login; faults and lists go by it. */
  accountId: string | undefined;
  /** `im`, `chatroom`; undefined before the first login command. */
  service: string | undefined;
  /** The chatroom the link is inside. */
  roomId: string | undefined;
  halfOpen = false;
  /** Written while half-open; arrives when the link comes back, as TCP would have it. */
  private readonly stalled: string[] = [];

  constructor(
    readonly id: string,
    private readonly socket: SlowSocket,
    readonly remote: { address: string; port: number },
    readonly openedAt: number,
    private readonly log: EmulatorLog,
    private readonly shaper: PushShaper,
    /** Called when the link is really gone; again is harmless. */
    private readonly gone: (link: Link) => void,
  ) {}

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  private write(frame: string): void {
    if (!this.open) return;
    if (this.halfOpen) {
      this.stalled.push(frame);
      return;
    }
    this.socket.send(frame, () => {
      // A write that fails means that the socket is gone; its close event says so.
    });
  }

  sendConnect(): void {
    this.write(CONNECT_FRAME);
  }

  sendHeartbeat(): void {
    this.write(HEARTBEAT_FRAME);
  }

  sendDisconnect(): void {
    this.write(DISCONNECT_FRAME);
  }

  /** Answers a request: same sid, cid and ser. `code` is as on the wire. */
  reply(request: { sid: number; cid: number; ser: number }, code: number, r: unknown[]): void {
    this.log.counters.replies += 1;
    const { sid, cid, ser } = request;
    this.write(encodeMessageFrame(encodePacket({ sid, cid, ser, code, r })));
  }

  /** Pushes to the client. Message pushes pass through the push faults. */
  push(command: string, r: unknown[]): void {
    this.pushEncoded(encodePush(command, r));
  }

  /** The same for a push that goes to many links. */
  pushEncoded({ command, frame }: EncodedPush): void {
    this.shaper.shape(command, this, () => {
      this.log.counters.pushes += 1;
      this.write(frame);
    });
  }

  /** Closes from the server's side with a WebSocket close frame. */
  close(code = 1000): void {
    this.halfOpen = false;
    if (this.open) this.socket.closeNow(code);
    else this.terminate();
  }

  /** The client has said that it leaves (`0::`): closes too, slowly if a fault says so. */
  answerClose(): void {
    this.socket.close(1000);
  }

  /** Cuts without a word. */
  terminate(): void {
    this.halfOpen = false;
    if (this.socket.readyState === this.socket.CLOSED) this.gone(this);
    else this.socket.terminate();
  }

  /**
   * The socket has closed. On a half-open link the server cannot know: its session stays until the
   * link is cut or restored, or the same device signs in again.
   */
  socketClosed(): void {
    if (!this.halfOpen) this.gone(this);
  }

  /** Stops (or resumes) reading and writing; the peer sees an open socket that is silent. */
  setHalfOpen(halfOpen: boolean): void {
    this.halfOpen = halfOpen;
    if (halfOpen) this.socket.pause();
    else if (!this.open) this.gone(this);
    else {
      this.socket.resume();
      for (const frame of this.stalled.splice(0)) this.write(frame);
    }
  }
}

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

/** An encoded push. A push for many links is encoded once. */
export interface EncodedPush {
  command: string;
  frame: string;
}

/** Encodes a push. */
export function encodePush(command: string, r: unknown[]): EncodedPush {
  const { sid, cid } = parseCommand(command);
  return { command, frame: encodeMessageFrame(encodePacket({ sid, cid, ser: 0, code: 200, r })) };
}

/** Socket of a client, for IM or a chatroom. */
export class Link {
  /** Set by the service that accepted the login; used by faults and lists. */
  accountId: string | undefined;
  /** `im` or `chatroom`; undefined before the first login command. */
  service: string | undefined;
  /** Chatroom that the link is inside. */
  roomId: string | undefined;
  halfOpen = false;
  /** Frames written while half-open. They are sent when the link is restored, as TCP would do. */
  private readonly stalled: string[] = [];

  constructor(
    readonly id: string,
    private readonly socket: SlowSocket,
    readonly remote: { address: string; port: number },
    readonly openedAt: number,
    private readonly log: EmulatorLog,
    private readonly shaper: PushShaper,
    /** Called when the link has ended for the server; a second call is harmless. */
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
      // A failed write means that the socket has closed; the close event handles that.
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

  /** Answers a request with its sid, cid and ser. `code` is the packed code of the wire. */
  reply(request: { sid: number; cid: number; ser: number }, code: number, r: unknown[]): void {
    this.log.counters.replies += 1;
    const { sid, cid, ser } = request;
    this.write(encodeMessageFrame(encodePacket({ sid, cid, ser, code, r })));
  }

  /** Pushes to the client. Push faults apply to message pushes. */
  push(command: string, r: unknown[]): void {
    this.pushEncoded(encodePush(command, r));
  }

  /** Pushes an encoded packet, which may go to many links. */
  pushEncoded({ command, frame }: EncodedPush): void {
    this.shaper.shape(command, this, () => {
      this.log.counters.pushes += 1;
      this.write(frame);
    });
  }

  /** Closes the socket with a WebSocket close frame from the server. */
  close(code = 1000): void {
    this.halfOpen = false;
    if (this.open) this.socket.closeNow(code);
    else this.terminate();
  }

  /** Closes the socket after the client's `0::`; a slowClose fault delays the close. */
  answerClose(): void {
    this.socket.close(1000);
  }

  /** Closes the TCP connection without a close frame. */
  terminate(): void {
    this.halfOpen = false;
    if (this.socket.readyState === this.socket.CLOSED) this.gone(this);
    else this.socket.terminate();
  }

  /**
   * Handles the close of the socket. The server cannot notice the close of a half-open link: its session stays
   * until the link is cut or restored, or the same device signs in again.
   */
  socketClosed(): void {
    if (!this.halfOpen) this.gone(this);
  }

  /** Stops or resumes reading and writing; the peer sees an open, silent socket. */
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

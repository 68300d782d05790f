import { ConnectionError, isTokenRefusal, type SocketOwner } from '@/connection';
import type { SdkError } from '@/sdk';
import { Code } from '@/sdk/codes';
import type { RoomMessageCreator } from '../sdk-types';
import type { BoundedWaits } from './bounded-waits';
import type { ChatroomConnectionDependencies } from './connection-dependencies';
import { DEFAULT_TIMEOUT_SECONDS, type EnterParams } from './enter-params';
import { EntryAttempt } from './entry-attempt';
import type { EnterResult, RoomPort } from './room-port';
import { prepareProof } from './room-sign-in';

/** Maximum wait for the last socket's `onClose`; then the attempt goes on, as the gate still holds the limits. */
const CLOSE_WAIT_MS = 10_000;

export interface EntryAttemptsOptions {
  deps: ChatroomConnectionDependencies;
  waits: BoundedWaits;
  isOver: () => boolean;
  /** Puts a new SDK instance in force. */
  attach: (port: RoomPort) => void;
  dropInstance: () => Promise<void>;
}

/**
 * Makes the attempts of a visit to enter its room. Each attempt has a freshly fetched address, a fresh token and
 * a new SDK instance, and begins when no socket of the visit is open.
 */
export class EntryAttempts {
  /** The message creator of the newest instance. */
  creator: RoomMessageCreator | undefined;
  private running: EntryAttempt | undefined;
  private renewal: 'none' | 'wanted' | 'done' = 'none';
  /** The token of the last renewal. */
  private renewed: string | undefined;

  constructor(private readonly options: EntryAttemptsOptions) {}

  /** Resolves with the room, or with the error of the attempt. Never hangs, never rejects. */
  async enterOnce(
    owner: SocketOwner,
    params: EnterParams,
    isReconnect: boolean,
  ): Promise<EnterResult | ConnectionError> {
    const { deps, waits, isOver, attach, dropInstance } = this.options;
    const { roomId, signIn, addresses, gate, clock, journal, createPort, connectMutex } = deps;
    let releaseMutex: () => void = () => undefined;
    try {
      const address = await addresses.next((whom, question) =>
        waits.wait(question, whom, Code.appServerUnreachable),
      );
      if (isOver()) return over();
      const proof = await prepareProof(
        signIn.way === 'static' ? { ...signIn, token: this.renewed ?? signIn.token } : signIn,
        roomId,
        (name, provider) => waits.wait(provider, name, Code.callbackFailed),
        this.renewal === 'wanted',
      );
      if (this.renewal === 'wanted') {
        this.renewal = 'done';
        this.renewed = proof.token;
      }
      await gate.whenClosed(owner, CLOSE_WAIT_MS);
      if (isOver()) return over();
      releaseMutex = await connectMutex.acquire();
      if (isOver()) return over();
      const port = createPort();
      this.creator = port.services.creator;
      attach(port);
      this.running = new EntryAttempt(port, clock, gate, owner, releaseMutex);
      return await this.running.run({
        roomId,
        address,
        proof,
        params,
        isReconnect,
        // The visit's own time limit ends first: after the SDK's limit during login its socket stays open.
        timeoutSeconds: (params.timeout ?? DEFAULT_TIMEOUT_SECONDS) + 5,
      });
    } catch (cause) {
      const error = ConnectionError.from(cause);
      const detail = `${error.code} ${error.detail ?? ''}`.trim();
      journal.record('room', `${roomId} attempt failed: ${detail}`);
      await dropInstance();
      return error;
    } finally {
      releaseMutex();
      this.running = undefined;
    }
  }

  /** The server refused with `code`. Returns whether the next attempt has a renewed token; once until `accepted`. */
  renewAfter(code: number): boolean {
    const { signIn } = this.options.deps;
    const canRenew = signIn.way === 'static' && signIn.renewToken !== undefined;
    if (!canRenew || this.renewal !== 'none' || !isTokenRefusal(code)) return false;
    this.renewal = 'wanted';
    return true;
  }

  /** The room was entered. */
  accepted(): void {
    this.renewal = 'none';
  }

  /** Passes a status of the SDK to the running attempt. Returns false when no attempt is running. */
  handleStatus(status: number, error: SdkError | undefined): boolean {
    this.running?.onStatus(status, error);
    return this.running !== undefined;
  }

  giveUp(): void {
    this.running?.giveUp();
  }
}

function over(): ConnectionError {
  return ConnectionError.cancelled('the visit is over');
}

import type { Listeners } from '@/platform';
import { DataSyncState, DataSyncType } from './constants';
import type { KickedDetail, NimEvents } from './nim-port';
import { toSdkError } from './sdk-error';
import type { V2NIMLoginListener } from './types';

/** Events that do not come from the SDK's login service. */
export interface OwnEvents {
  lbs: Listeners<NimEvents['lbs']>;
  requestRefused: Listeners<NimEvents['requestRefused']>;
  unanswered: Listeners<NimEvents['unanswered']>;
}

export type BridgedEvent = Exclude<keyof NimEvents, keyof OwnEvents>;

export interface LoginEmitter {
  on(event: keyof V2NIMLoginListener, handler: (...args: unknown[]) => void): void;
  off(event: keyof V2NIMLoginListener, handler: (...args: unknown[]) => void): void;
}

interface Bridge<K extends BridgedEvent> {
  from: readonly (keyof V2NIMLoginListener)[];
  /** Converts the SDK's arguments to ours; undefined when the event must be ignored. */
  translate: (...args: never[]) => NimEvents[K] | undefined;
}

/** Maps each of our events to events of the login service. */
export const BRIDGES: { readonly [K in BridgedEvent]: Bridge<K> } = {
  connectStatus: { from: ['onConnectStatus'], translate: (status: number) => [status] },
  loginStatus: { from: ['onLoginStatus'], translate: (status: number) => [status] },
  linkError: {
    from: ['onDisconnected', 'onConnectFailed'],
    translate: (error: unknown) => [toSdkError(error)],
  },
  loginFailed: { from: ['onLoginFailed'], translate: (error: unknown) => [toSdkError(error)] },
  kicked: {
    from: ['onKickedOffline'],
    translate: ({
      reason = 0,
      reasonDesc = '',
      clientType = 0,
      customClientType = 0,
    }: Partial<KickedDetail>) => [{ reason, reasonDesc, clientType, customClientType }],
  },
  synced: {
    from: ['onDataSync'],
    translate: (type: number, state: number, error?: unknown) =>
      type === DataSyncType.MAIN && state === DataSyncState.COMPLETED
        ? [error ? toSdkError(error) : undefined]
        : undefined,
  },
};

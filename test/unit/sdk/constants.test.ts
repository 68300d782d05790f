import * as ours from '@/sdk/constants';
import { dependencies } from '../../../package.json';

/** Our table, the SDK's table, and the prefix of the SDK's names. */
const TABLES: [name: Exclude<keyof typeof ours, 'SDK_VERSION'>, sdk: string, prefix: string][] = [
  ['LoginStatus', 'V2NIMLoginStatus', 'V2NIM_LOGIN_STATUS_'],
  ['ConnectStatus', 'V2NIMConnectStatus', 'V2NIM_CONNECT_STATUS_'],
  ['DataSyncType', 'V2NIMDataSyncType', 'V2NIM_DATA_SYNC_TYPE_'],
  ['DataSyncState', 'V2NIMDataSyncState', 'V2NIM_DATA_SYNC_STATE_'],
  ['LoginAuthType', 'V2NIMLoginAuthType', 'V2NIM_LOGIN_AUTH_TYPE_'],
  ['ConversationType', 'V2NIMConversationType', 'V2NIM_CONVERSATION_TYPE_'],
  ['MessageType', 'V2NIMMessageType', 'V2NIM_MESSAGE_TYPE_'],
  ['MessageSendingState', 'V2NIMMessageSendingState', 'V2NIM_MESSAGE_SENDING_STATE_'],
  ['SignallingEventType', 'V2NIMSignallingEventType', 'V2NIM_SIGNALLING_EVENT_TYPE_'],
  ['SignallingChannelType', 'V2NIMSignallingChannelType', 'V2NIM_SIGNALLING_CHANNEL_TYPE_'],
  ['KickedOfflineReason', 'V2NIMKickedOfflineReason', 'V2NIM_KICKED_OFFLINE_REASON_'],
];

describe('the constants', () => {
  // The ESM build reads a global `self` while it is evaluated (docs/yunxin-protocol.md, section 6.8).
  Object.assign(globalThis, { self: undefined });
  const { V2NIMConst } = jest.requireActual<{
    V2NIMConst: Record<string, Record<string, number> | undefined>;
  }>('nim-web-sdk-ng/dist/esm/nim');

  it.each(TABLES)("%s equal the SDK's constants", (name, sdk, prefix) => {
    const theirs = V2NIMConst[sdk];
    if (!theirs) throw new Error(`the SDK has no ${sdk}: ${Object.keys(V2NIMConst).join(' ')}`);
    for (const [key, value] of Object.entries(ours[name])) {
      expect([key, theirs[prefix + key]]).toEqual([key, value]);
    }
  });

  it('name the installed version', () => {
    expect(ours.SDK_VERSION).toBe(dependencies['nim-web-sdk-ng']);
  });
});

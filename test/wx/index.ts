export { createWx, type WxHandle } from './create-wx';
export type { Clock, ConnectFault, LegalHosts, WxOptions } from './options';
export type { Realm } from './context';
export type { RequestRecord } from './request';
export type { SocketEvent, SocketLedger } from './socket-ledger';
export type { Measurement } from './selector-query';
export type { PickedFile } from './media';
export type { ActionSheetRecord, ModalRecord, ToastRecord, UiRecords } from './ui';

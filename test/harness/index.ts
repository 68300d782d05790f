export { BareRoom, type BareRoomEnter, type RoomNotification } from './bare-room';
export { BareSdk } from './bare-sdk';
export { type Client, type ClientOptions, createClient, rowsOf, textsOf } from './client';
export { type EmulatorAddress, environmentOf } from './environment';
export { skewedClock } from './skewed-clock';
export { waitFor, type WaitOptions } from './wait-for';
export { ACCOUNTS, useWorld, type World } from './world';

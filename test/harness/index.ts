export { BareRoom } from './bare-room';
export { BareSdk } from './bare-sdk';
export { type Client, createClient, rowsOf, textsOf } from './client';
export { environmentOf } from './environment';
export { skewedClock } from './skewed-clock';
export { waitFor } from './wait-for';
export { useWorld } from './world';

import type { ImHandlers } from './im-command';
import { storageHandlers } from './storage';

/** Commands for server time and storage, and settings that only a push service would use. */
export const miscHandlers: ImHandlers = {
  ...storageHandlers,

  '6_23': ({ world }) => [world.now()],

  '34_1': () => [],
  '34_2': () => [],
  '34_15': () => [],
};

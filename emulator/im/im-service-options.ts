import type { EmulatorLog } from '../link/emulator-log';
import type { Link } from '../link/link';
import type { World } from '../world/world';
import type { AuthenticationConfig } from './authentication';
import type { HostAddresses } from './im-command';
import type { ImSessions } from './sessions';

export interface ImServiceOptions {
  world: World;
  sessions: ImSessions;
  log: EmulatorLog;
  authentication: AuthenticationConfig;
  host: (link: Link) => HostAddresses;
}

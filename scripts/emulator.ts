/** `npm run emulator -- --port 0 --json`: see emulator/cli.ts for every option. */
import '../emulator/cli';

import { Code } from './codes';
/** Not in the typings: every command of an SDK instance passes through `sendCmd` of its client socket. */
export interface CommandSocket {
  sendCmd: (...command: unknown[]) => Promise<unknown>;
}

/** Calls `unanswered` for each command that the server did not answer; the caller's result stays the same. */
export function noteUnanswered(socket: CommandSocket | undefined, unanswered: () => void): void {
  if (!socket) return;
  const { sendCmd } = socket;
  socket.sendCmd = (...command) => {
    const answer = sendCmd.apply(socket, command);
    answer.then(undefined, (error: { code?: number } | undefined) => {
      if (error?.code === Code.protocolTimeout) unanswered();
    });
    return answer;
  };
}

/** Not in the typings: every command of an SDK instance passes through `sendCmd` of its client socket. */
export interface CommandSocket {
  sendCmd: (...command: unknown[]) => Promise<unknown>;
}

/** The SDK's code for a command that got no answer within 8 s. */
const PROTOCOL_TIMEOUT = 192004;

/** Calls `unanswered` for each command that the server did not answer; what the caller hears stays the same. */
export function noteUnanswered(socket: CommandSocket | undefined, unanswered: () => void): void {
  if (!socket) return;
  const { sendCmd } = socket;
  socket.sendCmd = (...command) => {
    const answer = sendCmd.apply(socket, command);
    answer.then(undefined, (error: { code?: number } | undefined) => {
      if (error?.code === PROTOCOL_TIMEOUT) unanswered();
    });
    return answer;
  };
}

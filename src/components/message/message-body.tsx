import { BODIES, type Bodies } from './bodies';
import type { Body, BodyActions, BodyRow } from './body-props';

interface MessageBodyProps {
  row: BodyRow;
  actions: BodyActions;
  /** Another table than `BODIES`, for conversations that show a kind in a way of their own. */
  bodies?: Bodies;
}

/** Shows a message in the view of its kind. */
export function MessageBody({ row, actions, bodies = BODIES }: MessageBodyProps) {
  // The table and the content have the same kind.
  const View = bodies[row.kind] as Body<unknown>;
  return <View row={row} content={row.content} actions={actions} />;
}

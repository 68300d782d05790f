import { Reaction } from 'mobx';
import { type FunctionComponent, memo, useContext, useEffect, useReducer, useState } from 'react';
import { PageGateContext } from './page-gate';

/**
 * A component that renders again when what it read from the stores changes, and only while its page is
 * shown. It stands in for mobx-react-lite's `observer`, which cannot be held back: its updates go through
 * useSyncExternalStore straight to the view, hidden or not.
 *
 * After firing, a MobX reaction stays silent until it is tracked again, so a row of a hidden page costs
 * one waiting callback however often its message changes.
 */
export function observer<Props extends object>(
  Base: FunctionComponent<Props>,
): FunctionComponent<Props> {
  function Observed(props: Props) {
    const gate = useContext(PageGateContext);
    const [, render] = useReducer(increment, 0);
    const [reaction] = useState(() => new Reaction(Base.name, () => gate.request(render)));

    useEffect(
      () => () => {
        gate.cancel(render);
        reaction.dispose();
      },
      [gate, reaction],
    );

    let element: ReturnType<typeof Base> = null;
    let failure: { error: unknown } | null = null;
    reaction.track(() => {
      try {
        element = Base(props);
      } catch (error) {
        failure = { error };
      }
    });
    // MobX would swallow an error thrown inside of track; React's error boundaries must see it.
    if (failure) throw (failure as { error: unknown }).error;
    return element;
  }
  Observed.displayName = Base.name;
  return memo(Observed) as unknown as FunctionComponent<Props>;
}

function increment(count: number): number {
  return count + 1;
}

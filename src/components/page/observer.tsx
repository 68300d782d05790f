import { Reaction } from 'mobx';
import { type FunctionComponent, memo, useContext, useEffect, useReducer, useState } from 'react';
import { PageGateContext } from './page-gate';

/**
 * Makes a component that re-renders when an observed value of the stores changes, but only while its page is
 * shown. It replaces mobx-react-lite's `observer`, whose updates go through useSyncExternalStore straight to
 * the view, whether the page is hidden or not. After firing, a MobX reaction stays silent until it is tracked
 * again, so a row of a hidden page costs one waiting callback however often its message changes.
 */
export function observer<Props extends object>(
  Base: FunctionComponent<Props>,
): FunctionComponent<Props> {
  function Observed(props: Props) {
    const gate = useContext(PageGateContext);
    const [, render] = useReducer(increment, 0);
    const [reaction] = useState(() => new Reaction(Base.name, () => gate.requestRender(render)));

    useEffect(
      () => () => {
        gate.cancelRender(render);
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
    // MobX would swallow an error thrown inside of `track`; React's error boundaries must receive it.
    if (failure) throw (failure as { error: unknown }).error;
    return element;
  }
  Observed.displayName = Base.name;
  return memo(Observed) as unknown as FunctionComponent<Props>;
}

function increment(count: number): number {
  return count + 1;
}

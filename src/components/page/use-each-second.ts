import { useContext, useEffect, useReducer } from 'react';
import { PageGateContext } from './page-gate';

/** Renders the component once a second while its page is visible. */
export function useEachSecond(): void {
  const gate = useContext(PageGateContext);
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => gate.requestRender(render), 1000);
    return () => {
      clearInterval(timer);
      gate.cancelRender(render);
    };
  }, [gate]);
}

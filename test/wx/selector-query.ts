import type { Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';

/** A question of a selector query; questions keep their order. */
export interface Measurement {
  selector: string;
  all: boolean;
  kind: 'boundingClientRect' | 'scrollOffset' | 'fields' | 'node' | 'context';
  viewport: boolean;
  fields: Fields;
  component: unknown;
}

/** Answers a measurement; a host with a tree sets its own function. Undefined or null: no such node. */
export type Measure = (asked: Measurement) => unknown;

type Callback = (result: unknown) => void;

/** `wx.createSelectorQuery()`: without a tree every node is missing, as before a page is ready. */
export function makeSelectorQuery(context: WxContext, measure: () => Measure | undefined): Api {
  return () => {
    const asked: { question: Measurement; callback: Callback | undefined }[] = [];
    let component: unknown;
    const query: Record<string, Api> = {};
    const ask = (base: Pick<Measurement, 'selector' | 'all' | 'viewport'>) => {
      const add =
        (kind: Measurement['kind'], fields: Fields = {}): Api =>
        (callback?: Callback) => {
          asked.push({ question: { ...base, kind, fields, component }, callback });
          return query;
        };
      return {
        boundingClientRect: add('boundingClientRect'),
        scrollOffset: add('scrollOffset'),
        node: add('node'),
        context: add('context'),
        fields: (fields: Fields, callback?: Callback) =>
          (add('fields', fields) as (listener?: Callback) => unknown)(callback),
      };
    };
    query.in = (owner: unknown) => {
      component = owner;
      return query;
    };
    query.select = (selector: string) => ask({ selector, all: false, viewport: false });
    query.selectAll = (selector: string) => ask({ selector, all: true, viewport: false });
    query.selectViewport = () => ask({ selector: '', all: false, viewport: true });
    query.exec = (done?: Callback) => {
      context.later(() => {
        const results = asked.map(({ question, callback }) => {
          const result = measure()?.(question) ?? (question.all ? [] : null);
          context.guard(() => callback?.(result));
          return result;
        });
        context.guard(() => done?.(results));
      });
      return query;
    };
    return query;
  };
}

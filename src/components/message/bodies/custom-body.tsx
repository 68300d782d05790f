import { appTexts, cutTo } from '@/i18n';
import { type CustomParser, type CustomType, registerCustomParser } from '@/stores';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { Body, BodyProps } from '../body-props';
import { Bubble } from '../bubble';

interface CustomView<T> {
  /** Null for fields that are not of this type. Must not throw. */
  readonly parse: CustomParser<T>;
  readonly Body: Body<T>;
}

const bodies = new Map<string, Body<unknown>>();

/** Gives the custom messages of a type their view. `type` is the field of this name in their JSON, text or number. */
export function registerCustom<T>(type: CustomType, { parse, Body }: CustomView<T>): void {
  registerCustomParser(type, parse);
  // The value of a message of this type comes from this parser.
  bodies.set(String(type), Body as Body<unknown>);
}

/** Maximum length of a shown type: senders choose their types. */
const TYPE_LENGTH = 30;

/** A message of a registered type in its view; of another type, its name and type. */
export const CustomBody = observer(function CustomBody(props: BodyProps<'custom'>) {
  const { row, content, actions } = props;
  const t = useTexts(appTexts);
  const Registered = content && content.value !== null ? bodies.get(content.type) : undefined;
  if (Registered) return <Registered {...props} content={content?.value} />;
  return (
    <Bubble row={row} actions={actions} className="bubble-kind">
      {content
        ? t('preview.customType', { type: cutTo(content.type, TYPE_LENGTH) })
        : t('preview.custom')}
    </Bubble>
  );
});

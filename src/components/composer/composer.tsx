import { type CommonEvent, Textarea, View } from '@tarojs/components';
import {
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { classes } from '@/components/classes';
import { hideKeyboard } from '@/components/dialogs';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import { PageGateContext } from '@/components/page-gate';
import { Place } from '@/components/place';
import { useT } from '@/components/use-t';
import { deleteAt, type Edited, insertAt, replaceAll } from './caret';
import { DraftField, type FieldElement } from './draft-field';
import { EmojiPanel } from './emoji-panel';
import { useEnterKey } from './enter-key';
import { useKeyboardHeight } from './keyboard-height';

/** Yunxin's limit for one text message. */
const MAX_LENGTH = 5000;

type PanelName = 'emoji' | 'extra';

/** The way other parts of a page write into its composer. */
export class ComposerInlet {
  /** Set by the composer: changes what is written, and brings the keyboard. */
  edit: (change: (text: string) => string) => void = () => undefined;
}

/** What a page adds to the composer besides text and emoji. */
export interface ComposerExtra {
  /** Its button has a place of its own in the row; the class names draw it. */
  readonly className: string;
  readonly label: string;
  readonly panel: ReactNode;
}

interface ComposerProps {
  scroll: ListScroll;
  inlet: ComposerInlet;
  onSend: (text: string) => void;
  /** Buttons in the place of the send button. Hidden, not gone: what comes and goes makes Taro send the row. */
  tools?: (hidden: boolean) => ReactNode;
  extra?: ComposerExtra;
}

export const Composer = observer(function Composer({
  scroll,
  inlet,
  onSend,
  tools,
  extra,
}: ComposerProps) {
  const t = useT();
  // Typing shares the pace of a page that has one.
  const gate = useContext(PageGateContext);
  const field = useMemo(() => new DraftField((tell) => gate.request(tell)), [gate]);
  const [element, setElement] = useState<FieldElement | null>(null);
  const [hasText, setHasText] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const used = useRef(new Set<PanelName>()).current;
  if (panel) used.add(panel);
  const { height, onBlur: dropKeyboard } = useKeyboardHeight();

  const attach = useCallback(
    (found: FieldElement | null) => {
      field.attach(found);
      setElement(found);
    },
    [field],
  );
  const lookAtText = useCallback(() => setHasText(field.text.trim() !== ''), [field]);
  const apply = useCallback(
    (edited: Edited) => {
      field.apply(edited);
      gate.request(lookAtText);
    },
    [field, gate, lookAtText],
  );
  const onInput = useCallback(
    ({ detail: { value, cursor } }: { detail: { value: string; cursor?: number } }) => {
      field.typed(value, cursor);
      if (value.length > MAX_LENGTH) apply(replaceAll(value, MAX_LENGTH));
      else gate.request(lookAtText);
    },
    [apply, field, gate, lookAtText],
  );
  const toEnd = useCallback(() => scroll.toEnd(), [scroll]);
  const send = useCallback(() => {
    const { text } = replaceAll(field.text.trim(), MAX_LENGTH);
    if (text === '') return;
    onSend(text);
    apply(replaceAll('', MAX_LENGTH));
    gate.request(toEnd);
    gate.hurry();
  }, [onSend, field, gate, toEnd, apply]);
  useEnterKey(element, send);

  const onFocus = useCallback(() => {
    field.focused();
    setFocused(true);
    setPanel(null);
  }, [field]);
  const onBlur = useCallback(
    ({ detail }: { detail: { cursor?: number } }) => {
      field.left(detail.cursor);
      setFocused(false);
      dropKeyboard();
    },
    [dropKeyboard, field],
  );
  const toggle = (name: PanelName) => {
    if (panel === name) {
      field.beforeFocus();
      setPanel(null);
      setFocused(true);
    } else {
      hideKeyboard();
      setFocused(false);
      setPanel(name);
    }
  };
  const onPick = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { emoji } = currentTarget.dataset as { emoji?: string };
      if (emoji) apply(insertAt(field.text, field.selection, emoji, MAX_LENGTH));
    },
    [field, apply],
  );
  const onLineChange = useCallback(() => scroll.followEnd(), [scroll]);
  const onBackspace = useCallback(
    () => apply(deleteAt(field.text, field.selection)),
    [field, apply],
  );

  useEffect(() => {
    inlet.edit = (change) => {
      apply(replaceAll(change(field.text), MAX_LENGTH));
      setFocused(true);
    };
  }, [inlet, field, apply]);
  // The list has become shorter or longer: its end stays in sight when it was.
  useLayoutEffect(() => {
    scroll.followEnd();
  }, [scroll, height, panel]);
  const dock = useMemo(() => ({ height: `${panel ? 0 : height}PX` }), [height, panel]);
  const classOf = (name: PanelName) => (panel === name ? 'panel' : 'panel panel-closed');

  return (
    <View className={classes('composer', (height > 0 || panel) && 'composer-up')}>
      <View className="composer-row">
        <Textarea
          ref={attach}
          className="composer-field"
          placeholder={t('chat.placeholder')}
          placeholderClass="composer-placeholder"
          maxlength={MAX_LENGTH}
          autoHeight
          fixed
          focus={isFocused}
          holdKeyboard
          adjustPosition={false}
          disableDefaultPadding
          showConfirmBar={false}
          confirmType="send"
          confirmHold
          ariaLabel={t('chat.placeholder')}
          onInput={onInput}
          onFocus={onFocus}
          onBlur={onBlur}
          onLineChange={onLineChange}
          onConfirm={process.env.TARO_ENV === 'weapp' ? send : undefined}
        />
        <View
          className={classes('composer-emoji', panel === 'emoji' && 'composer-keyboard')}
          ariaRole="button"
          ariaLabel={t(panel === 'emoji' ? 'chat.keyboard' : 'chat.emoji')}
          onClick={() => toggle('emoji')}
        />
        {extra && (
          <View
            className={classes('composer-tool', extra.className, hasText && 'composer-no-send')}
            ariaRole="button"
            ariaLabel={extra.label}
            onClick={() => toggle('extra')}
          />
        )}
        {tools?.(hasText)}
        <View
          className={hasText ? 'composer-send' : 'composer-no-send'}
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={send}
        >
          {t('chat.send')}
        </View>
      </View>
      {/* Always there, and before the panels: what is put between others makes Taro send them all. */}
      <View style={dock} />
      <Place>
        {used.has('emoji') && (
          <View className={classOf('emoji')}>
            <EmojiPanel onPick={onPick} onBackspace={onBackspace} />
          </View>
        )}
      </Place>
      {extra && (
        <Place>
          {used.has('extra') && <View className={classOf('extra')}>{extra.panel}</View>}
        </Place>
      )}
    </View>
  );
});

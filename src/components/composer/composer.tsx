import { type CommonEvent, Textarea, View } from '@tarojs/components';
import {
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { classes } from '@/components/ui/classes';
import { hideKeyboard, toast } from '@/components/page/dialogs';
import { HoldToTalk } from '@/components/voice/hold-to-talk';
import { voiceTexts } from '@/components/voice/texts';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/page/observer';
import { PageGateContext } from '@/components/page/page-gate';
import { useStores } from '@/components/page/stores-context';
import { Slot } from '@/components/ui/slot';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { OutgoingFile } from '@/stores';
import { PRODUCT_LIMITS } from '@/product-limits';
import { deleteAt, type Edited, insertAt, replaceAll } from './caret';
import type { ComposerInlet, FieldWatch } from './composer-inlet';
import { type ComposerTool, ToolButton } from './composer-tool';
import { DraftField, type FieldElement } from './draft-field';
import { EmojiPanel } from './emoji-panel';
import { composerTexts } from './texts';
import { type Draft, useDraft } from './use-draft';
import { useEnterKey } from './enter-key';
import { useKeyboardHeight } from './keyboard-height';

const MAX_LENGTH = PRODUCT_LIMITS.textLength;
/** The length from which the count of the characters is shown. */
const COUNTED_FROM = MAX_LENGTH - 200;

/** The textarea's value for no limit: a limit would cut a pasted text without a word. */
const NO_LIMIT = -1;

/** The key of the emoji panel; the other panels have the keys of their tools. */
const EMOJI = 'emoji';
const NO_TOOLS: readonly ComposerTool[] = [];

interface ComposerProps {
  scroll: ListScroll;
  inlet: ComposerInlet;
  onSend: (text: string) => void;
  /** Sends a voice message. */
  onVoice: (file: OutgoingFile) => void;
  tools?: readonly ComposerTool[];
  draft?: Draft;
  watch?: FieldWatch;
}

export const Composer = observer(function Composer({
  scroll,
  inlet,
  onSend,
  onVoice,
  tools = NO_TOOLS,
  draft,
  watch,
}: ComposerProps) {
  const t = useTexts(appTexts);
  const composerT = useTexts(composerTexts);
  const { recentEmoji } = useStores();
  const voiceT = useTexts(voiceTexts);
  // Updates by typing wait for the gate of the page, as all its updates do.
  const gate = useContext(PageGateContext);
  const field = useMemo(() => new DraftField((tell) => gate.requestRender(tell)), [gate]);
  const [element, setElement] = useState<FieldElement | null>(null);
  const [hasText, setHasText] = useState(false);
  /** 0 while the text is far from the limit. */
  const [count, setCount] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [panel, setPanel] = useState<string | null>(null);
  const [isVoice, setVoice] = useState(false);
  const used = useRef(new Set<string>()).current;
  if (panel) used.add(panel);
  const { height, onBlur: dropKeyboard } = useKeyboardHeight();

  const attach = useCallback(
    (found: FieldElement | null) => {
      field.attach(found);
      setElement(found);
    },
    [field],
  );
  const lookAtText = useCallback(() => {
    const { length } = field.text.trim();
    setHasText(length > 0);
    setCount(length >= COUNTED_FROM ? length : 0);
  }, [field]);
  const apply = useCallback(
    (edited: Edited) => {
      field.apply(watch?.edit(edited) ?? edited);
      gate.requestRender(lookAtText);
    },
    [field, gate, lookAtText, watch],
  );
  const onInput = useCallback(
    ({ detail: { value, cursor } }: { detail: { value: string; cursor?: number } }) => {
      field.typed(value, cursor);
      const edited = watch?.edit({ text: value, caret: field.selection.start });
      if (edited && edited.text !== value) field.apply(edited);
      gate.requestRender(lookAtText);
    },
    [field, gate, lookAtText, watch],
  );
  const toEnd = useCallback(() => scroll.toEnd(), [scroll]);
  const send = useCallback(() => {
    const text = field.text.trim();
    if (text === '') return;
    if (text.length > MAX_LENGTH) {
      toast(composerT('tooLong', { limit: MAX_LENGTH, count: text.length }));
      return;
    }
    onSend(text);
    apply(replaceAll(''));
    gate.requestRender(toEnd);
    gate.flushNow();
  }, [onSend, field, gate, toEnd, apply, composerT]);
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
  const toggle = (name: string) => {
    if (panel === name) {
      field.beforeFocus();
      setPanel(null);
      setFocused(true);
    } else {
      hideKeyboard();
      setVoice(false);
      setFocused(false);
      setPanel(name);
    }
  };
  const toggleVoice = () => {
    if (!isVoice) hideKeyboard();
    setPanel(null);
    setVoice(!isVoice);
    setFocused(isVoice);
  };
  const sendVoice = useCallback(
    (file: OutgoingFile) => {
      onVoice(file);
      toEnd();
    },
    [onVoice, toEnd],
  );
  const onPick = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { emoji } = currentTarget.dataset as { emoji?: string };
      if (!emoji) return;
      apply(insertAt(field.text, field.selection, emoji));
      recentEmoji.add(emoji);
    },
    [field, apply, recentEmoji],
  );
  const onLineChange = useCallback(() => scroll.followEnd(), [scroll]);
  const onBackspace = useCallback(
    () => apply(deleteAt(field.text, field.selection)),
    [field, apply],
  );

  useEffect(() => {
    inlet.write = (change) => {
      apply(change(field.text, field.selection));
      setVoice(false);
      setFocused(true);
    };
    inlet.edit = (change) => inlet.write((text) => replaceAll(change(text)));
  }, [inlet, field, apply]);
  useDraft(field, apply, draft);
  // The keyboard or a panel changes the height of the list: its end stays in sight.
  useLayoutEffect(() => {
    scroll.followEnd();
  }, [scroll, height, panel]);
  const dock = useMemo(() => ({ height: `${panel ? 0 : height}PX` }), [height, panel]);
  const classOf = (name: string) => (panel === name ? 'panel' : 'panel panel-closed');

  return (
    <View className={classes('composer', (height > 0 || panel) && 'composer-up')}>
      <Slot>
        {count > 0 && (
          <View className={classes('composer-count', count > MAX_LENGTH && 'too-long')}>
            {`${count}/${MAX_LENGTH}`}
          </View>
        )}
      </Slot>
      <View className="composer-row">
        <View
          className={classes('composer-voice', isVoice && 'composer-keyboard')}
          ariaRole="button"
          ariaLabel={voiceT(isVoice ? 'toKeyboard' : 'toVoice')}
          onClick={toggleVoice}
        />
        <HoldToTalk hidden={!isVoice} onSend={sendVoice} />
        <Textarea
          ref={attach}
          className={isVoice ? 'composer-field composer-no-field' : 'composer-field'}
          placeholder={t('chat.placeholder')}
          placeholderClass="composer-placeholder"
          maxlength={NO_LIMIT}
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
          className={classes('composer-emoji', panel === EMOJI && 'composer-keyboard')}
          ariaRole="button"
          ariaLabel={t(panel === EMOJI ? 'chat.keyboard' : 'chat.emoji')}
          onClick={() => toggle(EMOJI)}
        />
        {tools.map((tool) => (
          <ToolButton key={tool.key} tool={tool} hidden={hasText && !isVoice} onToggle={toggle} />
        ))}
        <View
          className={classes(
            hasText && !isVoice ? 'composer-send' : 'composer-no-send',
            count > MAX_LENGTH && 'composer-send-off',
          )}
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={send}
        >
          {t('chat.send')}
        </View>
      </View>
      {/* Always there, and before the panels: a node put between others makes Taro send them all. */}
      <View style={dock} />
      <Slot>
        {used.has(EMOJI) && (
          <View className={classOf(EMOJI)}>
            <EmojiPanel
              isOpen={panel === EMOJI}
              keyboard={height}
              onPick={onPick}
              onBackspace={onBackspace}
            />
          </View>
        )}
      </Slot>
      {tools.map(
        (tool) =>
          'panel' in tool && (
            <Slot key={tool.key}>
              {used.has(tool.key) && <View className={classOf(tool.key)}>{tool.panel}</View>}
            </Slot>
          ),
      )}
    </View>
  );
});

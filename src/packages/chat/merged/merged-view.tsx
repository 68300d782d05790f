import { ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { separatorTime } from '@/components/format/time';
import { BODIES, type Bodies } from '@/components/message/bodies';
import { MergedLevel } from '@/components/message/bodies/merged-body';
import { NamedBody } from '@/components/message/bodies/named-body';
import type { BodyRow } from '@/components/message/body-props';
import { MessageBody } from '@/components/message/message-body';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import { isLineKind } from '@/stores';
import { chatTexts } from '../texts';
import { fetchText } from './fetch-text';
import { md5Of } from './md5';
import { type MergedMessage, messagesIn } from './merged-file';
import './merged.scss';

type Loaded =
  | { readonly messages: readonly MergedMessage[] }
  | { readonly problem: 'gone' | 'tooLarge' | 'changed' | 'broken' }
  | { readonly problem: 'failed'; readonly code: number };

/** Messages that were forwarded together, from the file of their message. Nothing can be sent or changed here. */
export const MergedView = observer(function MergedView({ params }: { params: PageParams }) {
  const { settings } = useStores();
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const [url, md5] = [paramOf(params, 'url'), paramOf(params, 'md5')];
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isLeft = false;
    setLoaded(null);
    void load(url, md5).then((result) => {
      if (!isLeft) setLoaded(result);
    });
    return () => {
      isLeft = true;
    };
  }, [url, md5, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const level = Number(paramOf(params, 'level')) || 1;

  if (!loaded) return <Skeleton />;
  if ('messages' in loaded)
    return (
      <MergedLevel.Provider value={level}>
        <ScrollView className="fill merged" scrollY enhanced>
          {loaded.messages.map((message) => (
            <MergedRow key={message.messageClientId} message={message} />
          ))}
        </ScrollView>
      </MergedLevel.Provider>
    );
  const hint = loaded.problem === 'failed' ? reasonText(loaded.code, settings.language) : '';
  return (
    <EmptyState
      title={t(`merged.${loaded.problem}`)}
      hint={hint}
      {...(loaded.problem === 'failed' && { action: appT('common.retry'), onAction: retry })}
    />
  );
});

async function load(url: string, md5: string): Promise<Loaded> {
  if (!/^https?:\/\//i.test(url)) return { problem: 'broken' };
  const fetched = await fetchText(url);
  if ('problem' in fetched) return fetched;
  if (md5 && md5Of(fetched.text) !== md5.toLowerCase()) return { problem: 'changed' };
  const messages = messagesIn(fetched.text);
  return messages.length > 0 ? { messages } : { problem: 'broken' };
}

/** Sounds are named: the player belongs to the messages of a conversation. */
const READ_ONLY: Bodies = { ...BODIES, audio: NamedBody };
const NO_ACTIONS = { openMenu: () => undefined };

const MergedRow = observer(function MergedRow({ message }: { message: MergedMessage }) {
  const t = useTexts(appTexts);
  const row = useMemo(
    (): BodyRow => ({
      ...message,
      conversationId: '',
      mine: false,
      status: 'sent',
      progress: 100,
    }),
    [message],
  );
  const { senderId, senderName, senderAvatar, createTime, kind } = message;
  const body = <MessageBody row={row} actions={NO_ACTIONS} bodies={READ_ONLY} />;
  return (
    <View className="msg">
      <Avatar accountId={senderId} name={senderName} url={senderAvatar} small />
      <View className="said">
        <View className="who ellipsis">
          {senderName}
          {createTime > 0 && ` · ${separatorTime(createTime, today.now(), t)}`}
        </View>
        {isLineKind(kind) ? <View className="bubble">{body}</View> : body}
      </View>
    </View>
  );
});

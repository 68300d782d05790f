import { Image, ScrollView, View } from '@tarojs/components';
import { useMemo } from 'react';
import { saveMedia } from '@/components/media/save-media';
import { tellFailure } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { codePicture } from '../code-picture';
import { joinCodeOf } from '../join-code';
import { pictureFile } from '../picture-file';
import { dataUrlOf } from '../png';
import { CLOSED } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { teamTexts } from '../texts';
import '../team.scss';

/** The QR code of a team. WeChat's own menu of a long press on the picture sends and saves it. */
export const CodeView = observer(function CodeView({ params }: { params: PageParams }) {
  return <TeamGate params={params}>{code}</TeamGate>;
});

const code = (view: TeamView) => <Code {...view} />;

const Code = observer(function Code({ team }: TeamView) {
  const t = useTexts(teamTexts);
  const { language } = useStores().settings;
  const { key, info } = team;
  const picture = useMemo(() => codePicture(joinCodeOf(key)), [key]);
  if (!info) return null;
  const save = async () => {
    const file = await pictureFile(picture, `team-${key.teamId}.png`);
    if (!file.ok) return tellFailure(file.failure, language);
    const url = typeof file.value === 'string' ? file.value : URL.createObjectURL(file.value);
    await saveMedia({ kind: 'image', url }, language);
  };
  const isClosed = (info.joinMode as number) === CLOSED;
  return (
    <ScrollView className="fill" scrollY>
      <View className="tm-card">
        <View className="tm-card-head">
          <Avatar accountId={info.teamId} name={info.name} url={info.avatar} />
          <View className="tm-card-names">
            <View className="tm-card-name">{info.name}</View>
            <View className="tm-note">{`${t('id')} ${info.teamId}`}</View>
          </View>
        </View>
        <Image
          className="tm-code"
          src={dataUrlOf(picture)}
          mode="aspectFit"
          showMenuByLongpress
          ariaLabel={t('code.title')}
        />
        <View className="tm-card-hint">{t(isClosed ? 'apply.closed' : 'code.hint')}</View>
      </View>
      <View className="tm-form">
        <Button kind="quiet" onClick={() => void save()}>
          {t('code.save')}
        </Button>
      </View>
    </ScrollView>
  );
});

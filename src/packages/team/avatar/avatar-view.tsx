import { ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { choosePicture } from '@/components/composer/choose-media';
import { toast } from '@/components/page/dialogs';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { AvatarChoice } from '../avatar-choice';
import { TeamGate, type TeamView } from '../team-gate';
import { teamTexts } from '../texts';
import { uploadDrawn } from '../upload-avatar';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

/** Changes the picture of a team: a drawn picture, or a picture of the user. Who may not change it looks at it. */
export const AvatarView = observer(function AvatarView({ params }: { params: PageParams }) {
  return <TeamGate params={params}>{picture}</TeamGate>;
});

const picture = (view: TeamView) => <Picture {...view} />;

const Picture = observer(function Picture({ account, team }: TeamView) {
  const t = useTexts(teamTexts);
  const { language } = useStores().settings;
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const goBack = useGoBack(routes.conversations, 'tab');
  const [chosen, setChosen] = useState<number | null>(null);
  const [uploading, setUploading] = useState(false);
  const { key, info, mayEdit } = team;
  if (!info) return null;
  const change = async (upload: () => Promise<string | null>) => {
    if (uploading) return;
    setUploading(true);
    const isDone = await attempt(async () => {
      const avatar = await upload();
      if (avatar === null) return;
      await acts.update(key, { avatar });
      toast(t('changed'));
      goBack();
    });
    if (!isDone) setChosen(null);
    setUploading(false);
  };
  const choose = (index: number) => {
    if (uploading) return;
    setChosen(index);
    void change(() => uploadDrawn(acts, index, language));
  };
  const pick = async () => {
    const picked = await choosePicture(language);
    if (picked) await change(() => acts.uploadAvatar(picked.file));
  };
  return (
    <ScrollView className="fill" scrollY>
      <View className="tm-portrait">
        <Avatar accountId={info.teamId} name={info.name} url={info.avatar} large />
        <View className="tm-note">{uploading ? t('avatar.uploading') : info.name}</View>
      </View>
      {mayEdit && (
        <>
          <View className="tm-group">
            <AvatarChoice chosen={chosen} onChoose={choose} />
          </View>
          <View className="tm-form">
            <Button kind="quiet" disabled={uploading} onClick={() => void pick()}>
              {t('avatar.own')}
            </Button>
          </View>
        </>
      )}
    </ScrollView>
  );
});

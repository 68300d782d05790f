/**
 * Configuration of the SDKs' storage for a private upload host; none for an empty address. The SDKs fetch every file by
 * https unless told otherwise, and after a failed upload a browser build goes on to Yunxin's public hosts unless the
 * lists of other hosts are replaced.
 */
export function privateStorage(uploadUrl: string) {
  if (!uploadUrl) return {};
  const scheme = uploadUrl.startsWith('http:') ? 'http' : 'https';
  return {
    cloudStorageConfig: {
      commonUploadHost: uploadUrl,
      commonUploadHostBackupList: [uploadUrl],
      chunkUploadHost: uploadUrl,
      chunkUploadHostBackupList: [uploadUrl],
      uploadReplaceFormat: `${scheme}://{host}/{object}`,
    },
  };
}

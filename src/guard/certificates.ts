import { X509Certificate } from 'crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a text in PEM; what stands between them is left out. */
export function certificatesOf(text: string): string[] {
  return text.match(BLOCK) ?? [];
}

/** Why a text is no list of certificates, without showing it. */
export function problemOfCertificates(text: string): string | undefined {
  if (/PRIVATE KEY-----/.test(text)) return 'holds a private key, which anybody could read in the manifests; give the certificates alone';
  const certificates = certificatesOf(text);
  if (certificates.length === 0) return "holds none: no '-----BEGIN CERTIFICATE-----' with its end";
  const broken = certificates.findIndex(certificate => !isReadable(certificate));
  return broken < 0 ? undefined : `holds a certificate that cannot be read, number ${broken + 1} of ${certificates.length}`;
}

function isReadable(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).raw.length > 0;
  } catch {
    return false;
  }
}

import sharp from 'sharp';

/** A photo of 12 MP, noise over grey, so that it has the size of a real one (2.7 MiB). @returns its bytes */
export function makePhoto() {
  const [width, height] = [4_000, 3_000];
  return sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 12 }, background: 'grey' },
  })
    .jpeg({ quality: 85 })
    .toBuffer();
}

// Fills build/ with what the portal serves from npm packages: css/, js/, images/ and fonts/. Run by `npm run build`.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as sass from 'sass'

const FRONTEND = 'node_modules/nhsuk-frontend/dist/nhsuk'
const ARIMO = 'node_modules/@expo-google-fonts/arimo'
const EMOJI = 'node_modules/@expo-google-fonts/noto-emoji'
const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

async function compileStyles () {
  const { css } = await sass.compileAsync('styles/portal.scss', {
    loadPaths: ['node_modules'],
    quietDeps: true,
    style: 'compressed'
  })
  await writeFile('build/css/portal.css', css)
}

// The source map stays behind (it is larger than the script); collectstatic refuses a link to a missing file.
async function copyScript () {
  const script = await readFile(join(FRONTEND, 'nhsuk-frontend.min.js'), 'utf8')
  await writeFile('build/js/nhsuk-frontend.min.js', script.replace(/\/\/# sourceMappingURL=\S+\s*$/, ''))
}

async function copySortable () {
  await cp('node_modules/sortablejs/Sortable.min.js', 'build/js/Sortable.min.js')
}

// The interface icons only: the favicons and the social-media picture show the NHS logo, a trade mark.
async function copyIcons () {
  const images = join(FRONTEND, 'assets/images')
  const icons = (await readdir(images)).filter((name) => /^nhsuk-icon-[a-z-]+\.svg$/.test(name) && name !== 'nhsuk-icon-mask.svg')
  await Promise.all(icons.map((name) => cp(join(images, name), join('build/images', name))))
}

async function copyFonts () {
  const faces = FACES.map((face) => join(ARIMO, face, `Arimo_${face}.ttf`))
  const files = [...faces, join(ARIMO, 'LICENSE_FONT'), join(EMOJI, '400Regular/NotoEmoji_400Regular.ttf')]
  await Promise.all(files.map((file) => cp(file, join('build/fonts', basename(file)))))
  await cp(join(EMOJI, 'LICENSE_FONT'), 'build/fonts/LICENSE_FONT_EMOJI')
}

await rm('build', { recursive: true, force: true })
await Promise.all(['css', 'js', 'images', 'fonts'].map((folder) => mkdir(join('build', folder), { recursive: true })))
await Promise.all([compileStyles(), copyScript(), copySortable(), copyIcons(), copyFonts()])

// Passkeys: a form with data-passkey asks the browser for one when it is sent, and posts the answer. The options stand
// in data-passkey-options, or are fetched. window.webauthnJSON comes from allauth's webauthn-json.js.
async function answer (form) {
  const { passkey, passkeyOptions, passkeyOptionsUrl } = form.dataset
  if (passkeyOptions) return window.webauthnJSON[passkey](JSON.parse(passkeyOptions))
  const response = await fetch(passkeyOptionsUrl, { headers: { Accept: 'application/json' } })
  return window.webauthnJSON[passkey]((await response.json()).request_options)
}

async function send (event) {
  event.preventDefault()
  const form = event.target
  const problem = form.querySelector('[data-passkey-problem]')
  problem.hidden = true
  try {
    form.elements.credential.value = JSON.stringify(await answer(form))
  } catch {
    problem.hidden = false
    return
  }
  form.submit()
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.addEventListener('submit', send)
}
for (const words of document.querySelectorAll('[data-no-passkey]')) {
  words.hidden = Boolean(window.PublicKeyCredential)
}

"""Networks of vocoders: transforms, what hangs on what, sounds that are made piece by piece."""

import numpy as np
import pytest
import torch

from livehost.dsp import griffin_lim
from livehost.dsp.mel_contract import STANDARD, MelContract
from livehost.dsp.phases import phases
from livehost.inference.vocoder_sounds import Vocoder
from livehost.studio.models.critics import Critics
from livehost.studio.models.frames import Frames
from livehost.studio.models.mel_gan import ratios_of
from livehost.studio.models.vocoder import PRESETS, Hyperparameters, make_generator
from livehost.studio.vocoder.losses import critics_loss, generator_losses, step_errors, stft_distance
from livehost.studio.vocoder.sounds import NetworkParts
from tests.dsp.phase_steps import steps_of
from tests.studio.audio.conftest import CONTRACT, ping

SMALL = {
    "spectral": {"width": 16, "depth": 2, "rounds": 3, "critic_width": 4, "periods": True},
    "melgan": {"width": 16, "depth": 0, "rounds": 0, "critic_width": 4, "periods": False},
}


def generator(preset, contract=CONTRACT):
    torch.manual_seed(0)
    made = make_generator(Hyperparameters(preset=preset, **SMALL[preset], mel=contract.to_table())).eval()
    if preset == "spectral":  # as if it had learnt something
        torch.nn.init.normal_(made.head.weight, std=0.3)
        torch.nn.init.normal_(made.local[-1].weight, std=0.3)
    return made


def vocoder(preset):
    """A vocoder of a small network."""
    network = torch.nn.Module()
    network.generator = generator(preset)
    return Vocoder(NetworkParts(preset, network, CONTRACT))


def test_frames_are_those_of_griffin_lim():
    frames = Frames(CONTRACT)
    rng = np.random.default_rng(0)
    spectrum = (rng.normal(size=(9, 129)) + 1j * rng.normal(size=(9, 129))).astype(np.complex64)
    spectrum[:, [0, -1]] = spectrum[:, [0, -1]].real
    sound = frames.sound(torch.from_numpy(spectrum)[None])
    wanted = griffin_lim._sound(spectrum, CONTRACT, griffin_lim._weights(9, CONTRACT))
    np.testing.assert_allclose(sound.flatten().numpy(), wanted, atol=1e-5)
    np.testing.assert_allclose(frames.spectrum(sound)[0].numpy(), griffin_lim._spectrum(wanted, CONTRACT), atol=1e-4)
    assert frames.cut(sound).shape == (1, 9 * 64)


def test_rounds_are_those_of_griffin_lim():
    made = generator("spectral")
    mels = torch.rand(1, 16, 30, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        given, sound = made.given(mels)[0].numpy(), made(mels)[0].numpy()
    magnitude = np.exp(given[:, 0])
    first = magnitude * phases(given[:, 0], given[:, 1:])
    wanted = griffin_lim.sound_of(magnitude, first, CONTRACT, made.rounds, made.soft)
    np.testing.assert_allclose(sound, wanted, atol=1e-4 * np.abs(wanted).max())


def test_before_training_it_is_as_near_as_many_more_rounds_of_griffin_lim():
    sound = ping(900, 0.4)
    mel = CONTRACT.analyse(sound)
    torch.manual_seed(0)
    untrained = make_generator(Hyperparameters(
        preset="spectral", **SMALL["spectral"] | {"rounds": 8}, mel=CONTRACT.to_table()
    ))  # fmt: skip
    with torch.no_grad():
        made = untrained(torch.from_numpy(CONTRACT.to_unit(mel))[None])[0].numpy()
    by_rounds, beside, silent = (
        float(stft_distance(*(torch.from_numpy(x[: len(sound)])[None] for x in (other, sound)), -90.0)[0])
        for other in (made, griffin_lim.griffin_lim(mel, CONTRACT, iterations=60), 0 * sound)
    )
    assert by_rounds < 1.05 * beside
    assert by_rounds < 0.8 * silent


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_given_hangs_on_frames_within_reach_only(preset):
    made = vocoder(preset).parts
    reach = made.pieces.reach
    mels = np.random.default_rng(0).random((1, 16, 2 * reach + 9), np.float32)
    changed, at = mels.copy(), reach + 4
    changed[..., at] = 1 - changed[..., at]
    apart = np.abs(made.given(mels) - made.given(changed)).reshape(mels.shape[2], -1).max(1)
    assert apart[: at - reach].max() == 0
    assert apart[at + reach + 1 :].max() == 0
    assert apart[at] > 1e-5


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("frames", [1, 7, 150])
def test_a_stream_gives_the_samples_of_the_whole(preset, frames):
    made = vocoder(preset)
    mel = CONTRACT.from_unit(np.random.default_rng(0).random((16, frames)).astype(np.float32))
    whole = made.sound(mel)
    assert whole.shape == (frames * 64,)
    for size in (1, 13, 64):
        stream, begins = made.stream(), range(0, frames, size)
        parts = [stream.push(mel[:, at : at + size]) for at in begins]
        came = np.cumsum([len(part) for part in parts]) // 64
        assert came.tolist() == [max(min(at + size, frames) - made.look_ahead_frames, 0) for at in begins]
        rest = stream.push(mel[:, :0], last=True)
        np.testing.assert_allclose(np.concatenate([*parts, rest]), whole, atol=2e-5 * np.abs(whole).max())


def test_no_mel_has_no_sound():
    assert vocoder("spectral").sound(np.zeros((16, 0), np.float32)).shape == (0,)


def test_ratios_make_a_hop():
    for hop in (2, 64, 100, 256, 480, 1024):
        assert np.prod(ratios_of(hop)) == hop
        made = generator("melgan", MelContract(rate=8000, fft_samples=4 * hop, hop_samples=hop, bands=4, low_hz=500.0,
                                               high_hz=4000.0)) if hop in (64, 100) else None  # fmt: skip
        if made is not None:
            assert made(torch.rand(1, 4, 5)).shape == (1, 5 * hop)


def test_the_ancestor_had_so_many_parameters():
    made = make_generator(Hyperparameters(preset="melgan", **PRESETS["melgan"], mel=STANDARD.to_table()))
    plain, _ = made.graph()
    assert sum(p.numel() for p in plain.parameters()) == pytest.approx(4.26e6, rel=0.01)


def test_plain_weights_make_the_same_sound():
    made = generator("melgan")
    mels = torch.rand(2, 16, 12, generator=torch.Generator().manual_seed(0))
    plain, name = made.graph()
    assert name == "sound"
    assert "parametrizations" not in str(plain.state_dict().keys())
    with torch.no_grad():
        torch.testing.assert_close(plain(mels), made(mels), atol=1e-6, rtol=0)
    assert "parametrizations" in str(made.state_dict().keys())  # what is trained further keeps its own


def test_distances_of_sounds():
    sound = torch.from_numpy(np.random.default_rng(0).normal(0, 0.3, (2, 8000)))
    assert stft_distance(sound, sound, -90.0).tolist() == [0.0, 0.0]
    halved = stft_distance(sound / 2, sound, -90.0)
    np.testing.assert_allclose(halved, 0.5 + np.log(2), rtol=1e-3)
    quiet = torch.zeros(1, 8000).requires_grad_()
    stft_distance(quiet, torch.zeros(1, 8000), -90.0).sum().backward()
    assert torch.isfinite(quiet.grad).all()


def test_steps_are_those_of_the_magnitudes_before_training():
    torch.manual_seed(0)
    made = make_generator(Hyperparameters(preset="spectral", **SMALL["spectral"], mel=CONTRACT.to_table()))
    with torch.no_grad():
        given = made.given(torch.rand(1, 16, 20, generator=torch.Generator().manual_seed(0)))[0].numpy()
    np.testing.assert_allclose(given[:, 1:], steps_of(given[:, 0], CONTRACT), atol=1e-3)


def test_the_right_steps_are_no_error():
    rng = np.random.default_rng(0)
    spectra = torch.from_numpy(rng.normal(size=(2, 9, 17)) + 1j * rng.normal(size=(2, 9, 17)))
    steps = torch.zeros(2, 9, 2, 17)
    steps[:, 1:, 0] = (spectra[:, 1:] * spectra[:, :-1].conj()).angle()
    steps[:, :, 1, :-1] = (spectra[:, :, 1:] * spectra[:, :, :-1].conj()).angle()
    assert step_errors(steps, spectra).abs().max() < 1e-6
    np.testing.assert_allclose(step_errors(steps + np.pi, spectra), 4.0, rtol=1e-5)
    steps[1, 1:, 0] += 0.5
    np.testing.assert_allclose(step_errors(steps, spectra), [0, 1 - np.cos(0.5)], atol=1e-6)


def test_losses_of_critics():
    real, made = [[torch.full((2, 3), 2.0), torch.full((2,), 0.5)]], [[torch.full((2, 3), 1.0), torch.full((2,), 0.25)]]
    assert float(critics_loss(real, made)) == pytest.approx(0.5**2 + 0.25**2)
    losses = generator_losses(real, made)
    assert float(losses["adversarial"]) == pytest.approx(0.75**2)
    assert float(losses["features"]) == pytest.approx(0.5)


@pytest.mark.parametrize("periods", [True, False])
def test_critics_have_an_eye_for_every_scale_and_period(periods):
    found = Critics(4, periods=periods)(torch.rand(2, 2048))
    assert len(found) == (8 if periods else 3)
    assert all(maps[-1].shape[1] == 1 and len(maps) >= 5 for maps in found)
    assert found[0][0].shape[-1] == 2 * found[1][0].shape[-1] == 4 * found[2][0].shape[-1]
    if periods:
        assert [maps[0].shape[-1] for maps in found[3:]] == [2, 3, 5, 7, 11]

# BasisLab: `make compare` runs the main job, `make test` the tests. Each installs what is missing.

BASISLAB := .build/release/basislab
SOURCES  := Package.swift Sources Tests

.PHONY: compare test sanitize build prepare format lint bench wisdom notebooks clean

compare: build
	$(BASISLAB) compare

build: prepare
	swift build -c release --product basislab

test: prepare
	swift test -c release --disable-testable-imports

# The engine's, the models' and the training tests once more under both sanitizers; each has a build of its own.
SANITIZED := ^(Parallel|Spectral|LinearModels|NeuralNetworks|Experiments)Tests[.]
sanitize: prepare
	@for sanitizer in thread address; do \
	  echo "tests under the $$sanitizer sanitizer"; \
	  ASAN_OPTIONS=detect_leaks=0 \
	  swift test -c release --disable-testable-imports --sanitize=$$sanitizer --scratch-path .build/$$sanitizer \
	    --filter '$(SANITIZED)' || exit 1; \
	done

prepare:
	@.ci/prepare

format:
	swift format format --in-place --recursive --parallel $(SOURCES)

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

# Executes every notebook into build/notebooks/; a failed cell or assertion fails the target.
notebooks: build build/venv-notebooks/installed
	@mkdir -p build/notebooks
	@for notebook in Notebooks/*.ipynb; do \
	  echo "executing $$notebook"; \
	  PATH="$(CURDIR)/.build/release:$$PATH" build/venv-notebooks/bin/papermill --no-progress-bar --cwd Notebooks \
	    "$$notebook" "build/notebooks/$$(basename "$$notebook")" > "build/notebooks/$$(basename "$$notebook" .ipynb).log" 2>&1 \
	    || { tail -40 "build/notebooks/$$(basename "$$notebook" .ipynb).log"; exit 1; }; \
	done

# Our measurements and the peers' (SciPy, scikit-learn, kymatio, PyTorch) side by side in one run.
bench: prepare build/venv-peers/installed
	swift build -c release --product Benchmarks
	.build/release/Benchmarks $(BENCH_FLAGS)

# FFTW's wisdom as it is shipped in the code, measured anew on this machine, which should have nothing else to do.
WISDOM := Sources/Spectral/Transforms/Wisdom/ShippedWisdom.swift
wisdom: prepare
	swift build -c release --product Benchmarks
	.build/release/Benchmarks --wisdom > $(WISDOM).new
	mv $(WISDOM).new $(WISDOM)

build/venv-notebooks/installed: Notebooks/requirements.txt
	@.ci/prepare python3-venv
	python3 -m venv build/venv-notebooks
	build/venv-notebooks/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

build/venv-peers/installed: Sources/Benchmarks/Peers/requirements.txt Sources/Benchmarks/Peers/requirements-torch.txt
	@.ci/prepare python3-venv
	python3 -m venv build/venv-peers
	build/venv-peers/bin/pip install --quiet --disable-pip-version-check -r $<
	@build/venv-peers/bin/pip install --quiet --disable-pip-version-check --retries 0 -r $(word 2,$^) \
	  || echo "PyTorch could not be installed; the other peers are measured without it. To try again, remove build/venv-peers." >&2
	@touch $@

clean:
	rm -rf .build build

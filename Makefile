# make run    start the dashboard (first time: install, load the demonstration workbooks)
# make test   install what the tests need and run all of them
PYTHON ?= python3
PORT ?= 8501
MINUTES ?= 5
BIN := .venv/bin
SYSTEM_PACKAGES := chromium fonts-noto-cjk libreoffice-calc libreoffice-impress libreoffice-writer poppler-utils

.PHONY: run test demo locale pictures fuzz bench

run: .venv/installed
	@$(BIN)/python -m readiness import --if-new data/demo
	@echo "看板地址：http://127.0.0.1:$(PORT)    按 Ctrl+C 停止"
	@$(BIN)/streamlit run dashboard.py --server.address 127.0.0.1 --server.port $(PORT)

test: .venv/installed-dev .venv/system-packages
	$(BIN)/ruff check .
	$(BIN)/pytest -n auto --dist loadfile

demo: .venv/installed-dev
	$(BIN)/python -m tests.demo

locale: .venv/installed-dev
	@$(BIN)/python -m tests.catalogue

pictures: .venv/installed-dev .venv/system-packages
	$(BIN)/python -m tests.pictures

.venv/bin/python:
	@echo "建立 .venv …"
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "安装运行所需的包 …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "安装测试所需的包 …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/installed

# The browser and the Chinese font that the browser tests drive and show; LibreOffice, which saves books anew
# and shows decks and briefs page by page, and poppler, which reads these pages.
.venv/system-packages: Makefile | .venv/bin/python
	@if [ -x /usr/bin/chromium ] && [ -x /usr/bin/lowriter ] && [ -x /usr/bin/loimpress ] && [ -x /usr/bin/pdfinfo ] && fc-list :lang=zh 2>/dev/null | grep -q .; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(SYSTEM_PACKAGES); \
	else echo "缺少浏览器、中文字体或 LibreOffice，请先运行：sudo apt-get install -y $(SYSTEM_PACKAGES)"; exit 1; fi
	@touch $@

fuzz: .venv/installed-dev
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

bench: .venv/installed-dev .venv/system-packages
	@$(BIN)/python -m bench

;;; run.el --- The server under eglot, in batch mode  -*- lexical-binding: t; -*-

;; emacs --batch -l tests/editors/emacs/run.el
;; PYGLOSS_SERVER names the program under test.

;;; Code:

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'ert)
(require 'python)

(defconst pygloss-test-root
  (expand-file-name "../../../" (file-name-directory load-file-name)))

;; As editors/emacs/README.md says, with the program under test.
(add-to-list 'eglot-server-programs
             (list 'python-mode (or (getenv "PYGLOSS_SERVER")
                                    (error "PYGLOSS_SERVER must name the program under test"))))
(setq eglot-connect-timeout 60
      eglot-confirm-server-initiated-edits nil)

(defun pygloss-test-wait (what check)
  "Return what CHECK returns once that is not nil; fail when there is no sign of WHAT."
  (let ((deadline (+ (float-time) 60)) value)
    (while (and (not (setq value (funcall check))) (< (float-time) deadline))
      (accept-process-output nil 0.1))
    (or value (error "No sign of %s" what))))

(defmacro pygloss-test-with-example (file &rest body)
  "Run BODY in a buffer that visits a copy of the example, named FILE, under eglot."
  (declare (indent 1))
  `(let* ((folder (file-name-as-directory (make-temp-file "pygloss" t)))
          (,file (expand-file-name "rate_limit.py" folder)))
     (copy-file (expand-file-name "tests/editors/fixtures/rate_limit.py" pygloss-test-root) ,file)
     (with-current-buffer (find-file-noselect ,file)
       (unwind-protect
           (progn
             (apply #'eglot--connect (eglot--guess-contact))
             (pygloss-test-wait "a managed buffer" (lambda () eglot--managed-mode))
             ,@body)
         (ignore-errors (eglot-shutdown (eglot-current-server)))
         (set-buffer-modified-p nil)
         (kill-buffer)
         (delete-directory folder t)))))

(defun pygloss-test-diagnostic ()
  "Return the finding about the missing wraps, once it is there."
  (flymake-start)
  (pygloss-test-wait
   "the finding"
   (lambda ()
     (seq-find (lambda (diagnostic)
                 (string-match-p "__name__" (flymake-diagnostic-text diagnostic)))
               (flymake-diagnostics)))))

(ert-deftest pygloss-hover ()
  "The card under the cursor is asked for as eldoc does."
  (pygloss-test-with-example file
    (goto-char (point-min))
    (search-forward "@rate_limit")
    (let* ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                   (eglot--TextDocumentPositionParams)))
           (shown (substring-no-properties
                   (eglot--hover-info (plist-get hover :contents) (plist-get hover :range)))))
      (should (string-match-p
               (regexp-quote "api_call = rate_limit(max_calls_per_second=2)(api_call)") shown))
      (should (string-match-p "wrapper" shown)))))

(ert-deftest pygloss-finding ()
  "The finding covers the name of the wrapper."
  (pygloss-test-with-example file
    (let ((diagnostic (pygloss-test-diagnostic)))
      (should (equal "wrapper" (buffer-substring-no-properties
                                (flymake-diagnostic-beg diagnostic)
                                (flymake-diagnostic-end diagnostic)))))))

(ert-deftest pygloss-fix ()
  "The fix is applied, and the program then keeps the name of its function."
  (pygloss-test-with-example file
    (let* ((diagnostic (pygloss-test-diagnostic))
           (begin (flymake-diagnostic-beg diagnostic))
           (actions (eglot-code-actions begin (flymake-diagnostic-end diagnostic) "quickfix"))
           (fix (seq-find (lambda (action)
                            (string-match-p "functools.wraps" (plist-get action :title)))
                          actions)))
      (should fix)
      (eglot--apply-workspace-edit (plist-get fix :edit))
      (goto-char (point-min))
      (should (search-forward "import functools\n" nil t))
      (should (search-forward "        @functools.wraps(func)\n        def wrapper(*args" nil t))
      (save-buffer)
      (with-temp-buffer
        (should (zerop (call-process
                        "python3" nil t nil "-c"
                        "import runpy, sys; print(runpy.run_path(sys.argv[1])['api_call'].__name__)"
                        file)))
        (should (string-suffix-p "api_call\n" (buffer-string)))))))

(ert-run-tests-batch-and-exit)

;;; run.el ends here
